import { readGoWords } from "../../model/stage/commands/go.ts";
import { goPrograms } from "../../model/stage/commands/go-sources.ts";
import { PROGRAM_DIRECTORIES } from "../../model/stage/contents/layout.ts";
import { directoryOf, resolvePath } from "../../model/stage/paths.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";

export const goOutputNotDirectory = commandRule({
  id: "go-output-not-directory",
  title: "Several Go packages built into one file",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`go build -o FILE\` with several packages: named ones, or those that \`./...\` and \`./cmd/...\` match in the build context,
      libraries among them. Silent where the path ends with a slash or may be a folder.`,
    why: source`
      With several packages \`-o\` has to name a folder, which is there or ends with a slash. Go refuses the rest: "cannot write multiple
      packages to non-directory".`,
    context: {
      "go.mod": "module example.com/api\n",
      "cmd/api/main.go": "package main\n\nfunc main() {}\n",
      "cmd/worker/main.go": "package main\n\nfunc main() {}\n",
    },
    bad: source`
      FROM golang:1.27
      WORKDIR /src
      COPY . .
      RUN go build -o /bin/api ./cmd/...
                      ^^^^^^^^ go-output-not-directory: /bin/api is no folder, and go builds at least 2 packages here.`,
    good: source`
      FROM golang:1.27
      WORKDIR /src
      COPY . .
      RUN go build -o /bin/ ./cmd/...`,
  },
  programs: ["go"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const [verb, ...words] = command.arguments;
    if (verb?.literal !== "build" || instruction.name !== "RUN") return;
    const { options, packages } = readGoWords(
      words.map((it) => it.literal),
      words.map((it) => it.raw),
    );
    const output = options.get("-o");
    if (output === undefined || packages.length === 0 || /\/$|^\.{1,2}$|^\/dev\//.test(output)) return;
    const state = stage.beforeCommand(command, run);
    const directory = directoryOfCommand(command, script, stage.before(run));
    const path = directory === undefined ? undefined : resolvePath(directory, output);
    if (directory === undefined || path === undefined || options.has("-C") || mayMountFiles(run)) return;
    const kind = state.fileAt(path)?.kind;
    const there = state.hasPath(path);
    const isFile =
      kind === "file" ||
      there.is === "no" ||
      there.asContextIs === "no" ||
      // Programs lie there side by side.
      (kind !== "directory" && PROGRAM_DIRECTORIES.has(directoryOf(path)));
    const failure = failureOf(command, script, run, stage);
    if (!isFile || failure === "allowed") return;
    const count = countOf(packages, directory, call);
    const word = words.find((it) => it.literal === output || it.literal?.endsWith(`o=${output}`));
    if (count < 2 || !word) return;
    const what = packages.some((it) => it?.endsWith("...")) ? `at least ${count}` : `${count}`;
    report(word.span, `${output} is no folder, and go builds ${what} packages here.`, {
      severity: failure === "stops" ? "error" : "warning",
    });
  },
});

/** How many packages there are at least. */
function countOf(
  packages: readonly (string | undefined)[],
  directory: string,
  { command, run, stage }: CommandCall,
): number {
  if (packages.some((it) => it === undefined || it.endsWith(".go") || it.startsWith("-"))) return 0;
  const named = new Set(packages.flatMap((it) => it ?? []));
  const state = stage.beforeCommand(command, run);
  const files = {
    hasPath: (path: string) => state.hasPath(path),
    contentAt(path: string) {
      const from = originOf(path, stage, run)?.contextPath;
      return from === undefined ? undefined : { contextPath: from };
    },
  };
  if (![...named].some((it) => it.includes("...")))
    return [...named].every((it) => it.startsWith("./") && it.length > 2) ? named.size : 0;
  const counts = [...named].map((it) =>
    it.endsWith("/...") ? (goPrograms(stage.model.inputs.context, directory, it, files)?.packages ?? 0) : 0,
  );
  return Math.max(...counts);
}
