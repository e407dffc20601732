import { joinPath, prefixesOf } from "../../model/stage/paths.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { isBefore } from "../../text/version-order.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { goOfImage } from "../knowledge/images/go-of-image.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { replaceWord } from "../writing/commands/command-words.ts";

export const goOutsideModule = commandRule({
  id: "go-outside-module",
  title: "Program of Go that is installed without a version, outside of a module",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`go get example.com/tool\` with Go 1.18 and later, and \`go install example.com/tool\` without a version with Go 1.16 and later,
      where certainly no go.mod is in the directory or above it. Silent where another Go may be in use, or where modules are turned off.`,
    why: source`
      Outside of a module \`go get\` ends with "'go get' is no longer supported outside a module", and \`go install\` with "requires a version
      when current directory is not in a module". Since then a program is built with \`go install example.com/tool@version\`.`,
    bad: source`
      FROM golang:1.27
      RUN go get github.com/air-verse/air
             ^^^ go-outside-module: Without a go.mod Go 1.27 gets nothing: go install builds a program, with a version behind @.`,
    good: source`
      FROM golang:1.27
      RUN go install github.com/air-verse/air@v1.63.0`,
  },
  programs: ["go"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const [verb, ...words] = command.arguments;
    if (instruction.name !== "RUN" || !script.complete || mayFail(command) || !verb || mayMountFiles(run))
      return;
    const since = verb.literal === "get" ? "1.18" : verb.literal === "install" ? "1.16" : undefined;
    const packages = words.filter((it) => it.literal !== undefined && PACKAGE.test(it.literal));
    const meant = verb.literal === "get" ? packages : packages.filter((it) => !it.raw.includes("@"));
    const [first] = meant;
    if (since === undefined || !first) return;
    const version = goOfImage(call);
    if (version === undefined || isBefore(version, since) || !isOutside(call)) return;
    const isGet = verb.literal === "get";
    report(
      isGet ? verb.span : first.span,
      isGet
        ? `Without a go.mod Go ${version} gets nothing: go install builds a program, with a version behind @.`
        : `Without a go.mod Go ${version} wants a version here: ${first.raw}@latest, or a certain one.`,
      {
        severity: failsRun(command, script, run, stage) ? "error" : "warning",
        fixes: fixesOf(verb, words, meant, call),
      },
    );
  },
});

const SETTING = /\b(?:GO111MODULE|GOFLAGS|GOWORK)\b/;

/** A path with a host: packages of Go itself have none. */
const PACKAGE = /^[\w-]+(?:\.[\w-]+)+\/[\w./@-]+$/;

function isOutside({ command, script, run, stage }: CommandCall): boolean {
  const before = stage.before(run);
  if (["GO111MODULE", "GOFLAGS", "GOWORK"].some((it) => before.isSet(it).is !== "no")) return false;
  // `go env -w` tells it to those behind it.
  const isTold = [...stagesDownFrom(stage)].some(({ instructions }) =>
    instructions.some((it) => it.span.start <= run.span.start && says(SETTING, it)),
  );
  const directory = directoryOfCommand(command, script, before);
  if (isTold || directory === undefined) return false;
  const state = stage.beforeCommand(command, run);
  return prefixesOf(directory).every((folder) =>
    ["go.mod", "go.work"].every((it) => state.hasPath(joinPath(folder, it)).is === "no"),
  );
}

function fixesOf(
  verb: ShellWord,
  words: readonly ShellWord[],
  meant: readonly ShellWord[],
  { run }: CommandCall,
): readonly Fix[] {
  const isPlain = meant.every((it) => it.raw === it.literal && !it.raw.endsWith("/..."));
  if (!isPlain) return [];
  const latest = meant
    .filter((it) => !it.raw.includes("@"))
    .map((it) => replaceWord(it, `${it.raw}@latest`, run));
  if (verb.literal !== "get") return [{ kind: "unsafe", title: "Write @latest behind it", edits: latest }];
  // What else it is told, only `go get` knows.
  if (words.length !== meant.length) return [];
  const edits = [replaceWord(verb, "install", run), ...latest];
  return [{ kind: "unsafe", title: "Install the newest version", edits }];
}
