import { baseName, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { valueIn } from "../../text/value-in.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { knownOptions } from "../knowledge/commands/known-options.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const optionMisplaced = instructionRule({
  id: "option-misplaced",
  title: "Option where the program does not take it for one",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports options that stand where the program takes them for something else: flags of \`go build\` behind the packages,
      \`tar -xfz\`, in which z is the name of the archive, options of a script that npm keeps for itself (\`npm run build
      --configuration=production\`), and options of the JVM or of Node.js behind the program that is started (\`java -jar app.jar -Xmx512m\`).`,
    why: source`
      Go and tar look for a package or a file of that name and fail. npm hands on only what stands behind \`--\`, and the JVM and
      Node.js take what stands behind the program for its arguments: memory limits and profiles are not set, and nothing says so.`,
    bad: source`
      FROM eclipse-temurin:21-jre
      COPY app.jar /app.jar
      ENTRYPOINT ["java", "-jar", "/app.jar", "-Xmx512m"]
                                              ^^^^^^^^^^ option-misplaced: The program gets this: java takes its own options in front of -jar only.`,
    good: source`
      FROM eclipse-temurin:21-jre
      COPY app.jar /app.jar
      ENTRYPOINT ["java", "-Xmx512m", "-jar", "/app.jar"]`,
  },
  instructions: ["RUN", "CMD", "ENTRYPOINT"],

  check(instruction, stage, report) {
    if (!says(PROGRAMS, instruction)) return;
    const script = stage.commandsOf(instruction);
    for (const command of script?.commands ?? []) {
      const program = baseName(command.name?.literal ?? "");
      const look = valueIn(LOOKS, program);
      if (look && script && !script.functions.includes(program))
        look({ command, script, instruction, stage }, report);
    }
  },
});

const PROGRAMS = /\b(?:go|tar|npm|java|node)\b/;

interface Place {
  readonly command: Command;
  readonly script: Script;
  readonly instruction: Instruction;
  readonly stage: Stage;
}

type Look = (place: Place, report: Report) => void;

const LOOKS: Readonly<Record<string, Look>> = {
  go: lookAtGo,
  tar: lookAtTar,
  npm: lookAtNpm,
  java: (place, report) => lookBehindProgram(place, jarOf, JVM_OPTION, "java", "in front of -jar", report),
  node: (place, report) =>
    lookBehindProgram(place, scriptOf, NODE_OPTION, "node", "in front of the script", report),
};

/** `go build . -o /app`: the flag package ends at the first word that is none. */
function lookAtGo(place: Place, report: Report): void {
  const [verb, ...words] = place.command.arguments;
  const known = knownOptions.get("go")?.[0];
  if (!known || (verb?.literal !== "build" && verb?.literal !== "install")) return;
  let first = -1;
  for (let at = 0; at < words.length && first < 0; at++) {
    const text = words[at]?.literal;
    // A variable may be flags, packages, or nothing.
    if (text === undefined) return;
    if (!text.startsWith("-")) first = at;
    else if (known.valued.has(text.replace(/^--/, "-"))) at++;
    else if (!known.names.has(text.replace(/^--?/, "").replace(/=.*/s, ""))) return;
  }
  const at = words.findIndex((it, index) => index > first && it.literal?.startsWith("-"));
  const word = words[at];
  if (first < 0 || !word) return;
  const moved = words.slice(at);
  const isFlags = moved.every(({ literal }, index) => {
    const last = moved[index - 1]?.literal ?? "";
    return literal?.startsWith("-") || known.valued.has(last.replace(/^--/, "-"));
  });
  report(
    word.span,
    `go ${verb.literal} takes this for a package: its flags stand in front of the packages.`,
    {
      fixes: movedFixes(
        "Put the flags in front of the packages",
        "safe",
        words.slice(first, at),
        isFlags ? moved : [],
        place,
      ),
      ...severityOf(place),
    },
  );
}

/** `tar -xfz a.tgz`: what follows f in its group is the name of the archive. */
function lookAtTar(place: Place, report: Report): void {
  const [first, next] = place.command.arguments;
  const [, before, after] = /^(-[A-Za-z]*)f([zjJvxckp]{1,3})$/.exec(first?.literal ?? "") ?? [];
  if (!first || !next || before === undefined || after === undefined || next.literal?.startsWith("-")) return;
  report(first.span, `tar takes ${after} for the name of the archive: f stands last in its group.`, {
    fixes:
      first.raw === first.literal
        ? [{ kind: "safe", title: "Put f last", edits: [replace(first.span, `${before}${after}f`)] }]
        : [],
    ...severityOf(place),
  });
}

function severityOf({ command, script, instruction, stage }: Place): { readonly severity?: "warning" } {
  const isCertain = instruction.name === "RUN" && failsRun(command, script, instruction, stage);
  return isCertain ? {} : { severity: "warning" };
}

/** `npm run build --configuration=production`: measured with npm 6, 8, 10 and 11, 2026-11. */
function lookAtNpm(place: Place, report: Report): void {
  const { command, instruction } = place;
  const words = command.arguments;
  const [verb, name] = words;
  const isRun = /^(?:run|run-script|rum|urn)$/.test(verb?.literal ?? "");
  if (!isRun && !/^(?:start|test|t|tst)$/.test(verb?.literal ?? "")) return;
  const end = words.findIndex((it) => it.literal === "--");
  const own = words.slice(isRun ? 2 : 1, end < 0 ? undefined : end);
  const script = isRun ? name?.literal : verb?.literal;
  if (script === undefined || script.startsWith("-")) return;
  const kept = own.find(({ literal }) => OF_SCRIPTS.test(literal ?? ""));
  if (!kept || end >= 0 || readsSettings(place)) return;
  const edit: TextEdit = insert(kept.span.start, instruction.exec ? '"--", ' : "-- ");
  report(kept.span, `npm keeps this for itself, and the script ${script} does not get it: put -- in front.`, {
    severity: "warning",
    fixes: [{ kind: "unsafe", title: "Put -- in front", edits: [edit] }],
  });
}

/**
 * Options of bundlers, test programs and servers, none of which is one of npm's (npm 6 to 11) or the beginning of one. Others may be meant
 * as settings, which npm hands on as variables.
 */
const OF_SCRIPTS =
  /^--(?:configuration|aot|base-href|deploy-url|output-path|output-hashing|source-map|build-optimizer|mode|host|hostname|port|watch|watchAll|coverage|ci|runInBand|single-run|browsers|passWithNoTests|turbo|turbopack|no-lint|minify)(?:=|$)/;

/** May the script read what npm makes of options, `$npm_config_port`? */
function readsSettings({ command, script, instruction, stage }: Place): boolean {
  const state = instruction.name === "RUN" ? stage.before(instruction) : stage.result;
  const folder = directoryOfCommand(command, script, state);
  const path = folder === undefined ? undefined : resolvePath(folder, "package.json");
  const text = path && originOf(path, stage, instruction.name === "RUN" ? instruction : undefined)?.text;
  return text?.includes("npm_config_") === true;
}

/** What no program takes for an option of its own. */
const JVM_OPTION =
  /^-(?:X(?:m[nsx]|ss)\d+[kKmMgG]?|XX:[+-]?[A-Z]\w+.*|Dspring\.(?:profiles\.active|config\.\w[\w.-]*)=.*|D(?:file\.encoding|user\.timezone|java\.security\.egd|java\.awt\.headless)=.*)$/;
const NODE_OPTION =
  /^--(?:max-old-space-size|max_old_space_size|max-semi-space-size|enable-source-maps|openssl-legacy-provider)(?:=|$)/;

/** Where a call of java ends its own options: behind `-jar FILE`. */
function jarOf(words: readonly ShellWord[]): readonly [from: number, to: number] | undefined {
  const at = words.findIndex((it) => it.literal === "-jar");
  const isFirst = at >= 0 && words.slice(0, at).every((it) => it.literal?.startsWith("-"));
  return isFirst && /\.[jw]ar$/.test(words[at + 1]?.raw.replace(/["']$/, "") ?? "")
    ? [at, at + 1]
    : undefined;
}

/** The script of a call of node; options in front only in one word each. */
function scriptOf(words: readonly ShellWord[]): readonly [from: number, to: number] | undefined {
  const at = words.findIndex((it) => !it.literal?.startsWith("-"));
  return /\.[cm]?js$/.test(words[at]?.literal ?? "") ? [at, at] : undefined;
}

function lookBehindProgram(
  place: Place,
  programOf: (words: readonly ShellWord[]) => readonly [number, number] | undefined,
  option: RegExp,
  program: string,
  where: string,
  report: Report,
): void {
  const words = place.command.arguments;
  const found = programOf(words);
  if (!found) return;
  const [from, to] = found;
  const at = words.findIndex((it, index) => index > to && option.test(it.literal ?? ""));
  const word = words[at];
  if (!word) return;
  const behind = words.findIndex((it, index) => index > at && !option.test(it.literal ?? ""));
  const group = words.slice(at, behind < 0 ? undefined : behind);
  const isAll = behind < 0 || words.slice(behind).every((it) => !option.test(it.literal ?? ""));
  report(word.span, `The program gets this: ${program} takes its own options ${where} only.`, {
    severity: "warning",
    fixes: movedFixes(`Put it ${where}`, "unsafe", words.slice(from, at), isAll ? group : [], place),
  });
}

/** Changes the places of two groups of words that stand side by side, in either form. */
function movedFixes(
  title: string,
  kind: Fix["kind"],
  first: readonly ShellWord[],
  second: readonly ShellWord[],
  { stage, command, instruction }: Place,
): Fix[] {
  const [start, end] = [first[0], first.at(-1)];
  const [next, last] = [second[0], second.at(-1)];
  const { file } = stage.model;
  if (!start || !end || !next || !last || holdsComment(file, command.span)) return [];
  const between = file.text.slice(end.span.end, next.span.start);
  if (!(instruction.exec ? /^,[ \t]*$/ : /^[ \t]+$/).test(between)) return [];
  const newText = `${file.text.slice(next.span.start, last.span.end)}${between}${file.text.slice(start.span.start, end.span.end)}`;
  return [{ kind, title, edits: [replace({ start: start.span.start, end: last.span.end }, newText)] }];
}
