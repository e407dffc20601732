import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";
import { scriptText } from "../../../model/stage/script-text.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { readHead } from "../../../syntax/dockerfile/here-documents.ts";
import type { HereDocument, Instruction, Word } from "../../../syntax/dockerfile/tree.ts";
import { type VariableReference, variablesIn } from "../../../syntax/dockerfile/variables.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { readFromEnvironment } from "../../../syntax/shell/script-variables.ts";
import type { Span } from "../../../text/span.ts";
import { isPredefined } from "../instructions/global-arguments.ts";

/** A variable that is used where nothing sets it: no ARG or ENV of the stage, not its base, not the shell. */
export interface UnsetUse {
  readonly name: string;
  /** From `$` to the end of the name or the closing brace. */
  readonly span: Span;
  /** Where the name may be; the value of a flag is read with its quotes taken off. */
  readonly nameSpan: Span;
  readonly instruction: Instruction;
  /** `build`: BuildKit expands it itself. `script`: the shell of a RUN does. */
  readonly by: "build" | "script";
  /** The command that has it among its words. */
  readonly command: Command | undefined;
  /** `:-`, `+` …: what the build does with one that is empty; "" without. */
  readonly operator: string;
  /** The here-document of COPY or ADD whose content has it. */
  readonly document: HereDocument | undefined;
}

/**
 * Uses of variables that are empty with certainty, in words where nothing says what to do then: with a default or a
 * condition the author has thought of one that is not set. In the order of the text.
 */
export function unsetVariables(stage: Stage): readonly UnsetUse[] {
  return everyUnsetUse(stage).filter((it) => it.operator === "" && !it.document);
}

/** Those with a default or condition too, and those in what COPY and ADD write. What a trigger uses may be set where it runs. */
export const everyUnsetUse = notedOnStage((stage): readonly UnsetUse[] => {
  const uses: UnsetUse[] = [];
  // What is set stays so up to the end of the stage, and need not be asked for again.
  const set = new Set<string>();
  for (const it of stage.instructions) for (const use of usesIn(it, stage, set)) uses.push(use);
  return uses;
});

const NONE: readonly never[] = [];

/** `set`: names that are set, or may be, in front of the instruction; those that are found to be so are added. */
function usesIn(instruction: Instruction, stage: Stage, set: Set<string>): readonly UnsetUse[] {
  const isRun = instruction.name === "RUN";
  if (!isRun && !EXPANDED.has(instruction.name)) return NONE;
  if (!instruction.body.text.includes("$") && instruction.hereDocuments.length === 0) return NONE;
  const before = stage.before(instruction);
  const isUnset = (name: string) => {
    if (set.has(name)) return false;
    const answer = !isBrought(name) && before.isSet(name).is === "no";
    if (!answer) set.add(name);
    return answer;
  };
  const inScript = isRun ? scriptUses(instruction, stage, isUnset) : NONE;
  // No variable has the name of a script's parameter.
  // The build hands those for proxies to RUN, and expands them in no other instruction without an ARG.
  const isUnsetInBuild = (name: string) =>
    isPredefined(name) ? before.isSet(name).is === "no" : isUnset(name);
  const all = [...buildUses(instruction, stage, isUnsetInBuild), ...documentUses(instruction)];
  if (all.length === 0) return inScript;
  const inBuild = all.filter(
    (it) => !isSetBeside(it) && (/^[^a-z_]/i.test(it.name) || isUnsetInBuild(it.name)),
  );
  return inBuild.length === 0 ? inScript : [...inBuild, ...inScript];
}

/** `ARG A=1 B=$A`: the arguments of one ARG see those before them. */
function isSetBeside({ name, span, instruction }: UnsetUse): boolean {
  return (
    instruction.name === "ARG" &&
    instruction.pairs.some((it) => it.name.raw === name && (it.value ?? it.name).span.end <= span.start)
  );
}

const EXPANDED: ReadonlySet<string> = new Set(
  "ADD ARG COPY ENV EXPOSE LABEL STOPSIGNAL USER VOLUME WORKDIR".split(" "),
);

const EXPANDED_FLAGS: ReadonlySet<string> = new Set(["chown", "chmod", "checksum"]);

/** Of `--mount` (dockerfile2llb, RunCommand.Expand, read 2026-11). */
const EXPANDED_FIELDS: ReadonlySet<string> = new Set("destination dst id source src target".split(" "));

function buildUses(
  instruction: Instruction,
  { model }: Stage,
  isUnset: (name: string) => boolean,
): UnsetUse[] {
  return expandedWords(instruction, model).flatMap((word) =>
    mayUseOther(word.raw, isUnset)
      ? variablesIn(word, model.file.escape).map((it) => builtUse(it, instruction, undefined))
      : [],
  );
}

/** May the word use something else than variables that are set? Most do not, and need not be taken apart. */
function mayUseOther(raw: string, isUnset: (name: string) => boolean): boolean {
  for (let at = raw.indexOf("$"); at >= 0; at = raw.indexOf("$", at + 1)) {
    AT_NAME.lastIndex = at;
    const name = AT_NAME.exec(raw)?.[1];
    if (name === undefined || isUnset(name)) return true;
  }
  return false;
}

const AT_NAME = /\$\{?([A-Za-z_]\w*)/y;

function documentUses(instruction: Instruction): UnsetUse[] {
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return [];
  return instruction.hereDocuments.flatMap((document) =>
    document.expand ? variablesInDocument(document).map((it) => builtUse(it, instruction, document)) : [],
  );
}

/** What COPY and ADD write is expanded with `\\` as escape whatever the directive says, and quotes stay. */
export function variablesInDocument({ text, content }: HereDocument): VariableReference[] {
  return text.text.includes("$")
    ? variablesIn({ raw: text.text, span: content, mapped: text }, "\\", { keepQuotes: true })
    : [];
}

function builtUse(
  { name, nameSpan, span, operator }: VariableReference,
  instruction: Instruction,
  document: HereDocument | undefined,
): UnsetUse {
  const condition = /^:?[-+?]$/.test(operator) ? operator : "";
  return {
    name,
    span,
    nameSpan,
    instruction,
    by: "build",
    command: undefined,
    operator: condition,
    document,
  };
}

function expandedWords(instruction: Instruction, { inputs }: DockerfileModel): Word[] {
  const { name, flags } = instruction;
  const found: Word[] = [];
  if (name === "RUN") {
    for (const flag of flags)
      if (flag.name === "mount" && flag.value?.includes("$"))
        for (const { name: field, value, valueSpan } of flag.fields)
          if (valueSpan && value?.includes("$") && EXPANDED_FIELDS.has(field))
            found.push({ raw: value, span: valueSpan });
    return found;
  }
  for (const { value, valueSpan, name: flag } of flags)
    if (valueSpan && value?.includes("$") && EXPANDED_FLAGS.has(flag))
      found.push({ raw: value, span: valueSpan });
  if (!instruction.body.text.includes("$")) return found;
  const { pairs } = instruction;
  for (const pair of pairs) {
    if (pair.name.raw.includes("$")) found.push(pair.name);
    // The default of an argument that is given is never read (`docker buildx build --call=check --build-arg`, 2026-11).
    const isGiven = name === "ARG" && Object.hasOwn(inputs.buildArguments, pair.name.raw);
    if (!isGiven && pair.value?.raw.includes("$")) found.push(pair.value);
  }
  if (pairs.length === 0)
    for (const it of instruction.words) if (it.raw.includes("$") && !readHead(it.raw)) found.push(it);
  return found;
}

function scriptUses(run: Instruction, stage: Stage, isUnset: (name: string) => boolean): readonly UnsetUse[] {
  const text = scriptText(stage.model.file, run);
  if (!text?.text.includes("$")) return NONE;
  // Most scripts name nothing but what ARG and ENV set: those need not be taken apart.
  const mayBeUnset = (name: string) => isUnset(name) && !isLoopVariable(name, text.text);
  if (!namesOne(text.text, mayBeUnset)) return NONE;
  const script = stage.scriptOf(run);
  if (!script) return NONE;
  const read = readFromEnvironment(script, text.text, (start, end) => text.spanOf(start, end), isUnset);
  if (read.length === 0 || readsProfile(run, stage)) return NONE;
  const brought = secretVariables(run);
  return read
    .filter((it) => !brought.has(it.name))
    .map(({ name, span, command }) => ({
      name,
      span,
      nameSpan: span,
      instruction: run,
      by: "script",
      command,
      operator: "",
      document: undefined,
    }));
}

/** Does a script name a variable for which this holds? */
function namesOne(script: string, holds: (name: string) => boolean): boolean {
  for (let at = script.indexOf("$"); at >= 0; at = script.indexOf("$", at + 1)) {
    IN_SCRIPT.lastIndex = at;
    const name = IN_SCRIPT.exec(script)?.[1];
    if (name !== undefined && holds(name)) return true;
  }
  return false;
}

const IN_SCRIPT = /\$\{?#?([A-Za-z_]\w*)/y;

/** Does the script set it by a `for`, as most do that name what nothing else sets? */
function isLoopVariable(name: string, script: string): boolean {
  const loop = `for ${name} in `;
  for (let at = script.indexOf(loop); at >= 0; at = script.indexOf(loop, at + 1))
    if (!/[\w-]/.test(script.charAt(at - 1))) return true;
  return false;
}

/** A login shell, and one with BASH_ENV, run files first that may set anything. */
function readsProfile(run: Instruction, stage: Stage): boolean {
  const before = stage.before(run);
  const words = before.shellCommand.known ? before.shellCommand.value.slice(1) : ["-l"];
  if (words.some((it) => /^-[a-z]*[li]|^--(login|rcfile|init-file)/.test(it))) return true;
  return ["BASH_ENV", "ENV"].some((it) => before.isSet(it).is !== "no");
}

/** `--mount=type=secret,id=token,env=TOKEN` sets a variable for one RUN. */
function secretVariables({ flags }: Instruction): ReadonlySet<string> {
  return new Set(
    flags.flatMap((it) => it.fields.flatMap(({ name, value }) => (name === "env" ? (value ?? []) : []))),
  );
}

/** BuildKit sets PATH where the image has none, and reads what is for its own scanners elsewhere (convert.go, read 2026-11). */
function isBrought(name: string): boolean {
  return name === "PATH" || isPredefined(name) || /^BUILDKIT_SBOM_SCAN_(?:CONTEXT|STAGE)$/.test(name);
}

/** Names that ARG and ENV set above an instruction, those of the stages below among them. */
export function declaredNames(instruction: Instruction, stage: Stage): string[] {
  const above = [...stage.instructions.slice(0, stage.instructions.indexOf(instruction))];
  for (let { base } = stage; base.kind === "stage"; base = base.stage.base)
    above.push(...base.stage.instructions);
  return above
    .filter((it) => it.name === "ARG" || it.name === "ENV")
    .flatMap((it) => it.pairs.map((pair) => pair.name.raw));
}
