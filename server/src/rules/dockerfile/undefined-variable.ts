import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { readHead } from "../../syntax/dockerfile/here-documents.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { type VariableReference, variablesIn } from "../../syntax/dockerfile/variables.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { declares, globalDeclarations, isPredefined } from "../knowledge/global-arguments.ts";
import { meantVariable } from "../knowledge/variable-slip.ts";
import { type Finding, type Fix, stageRule } from "../rule.ts";
import { insertAbove } from "../writing/lines.ts";

export const undefinedVariable = stageRule({
  id: "undefined-variable",
  title: "Variable that nothing sets",
  severity: "warning",
  tags: ["build"],
  aliases: ["UndefinedVar"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable in the words that the build itself expands, as those of COPY, ENV, LABEL, USER and WORKDIR,
      that no ARG or ENV above sets. It is silent where the environment of the base image is not known, and about
      variables with a default. Commands of RUN, CMD and ENTRYPOINT are the shell's to expand, and are not looked at.`,
    why: source`
      The build goes on with nothing in the variable's place: \`COPY $SOURCES/ .\` copies the whole root of the build
      context. An ARG in front of the first FROM is not seen in a stage until the stage declares it again.`,
    bad: source`
      ARG VERSION=1.4
      FROM alpine:3.24
      ARG ASSETS=public
      COPY $ASETS /srv
           ^^^^^^ undefined-variable: Nothing sets ASETS here; ASSETS is near.
      LABEL org.opencontainers.image.version=$VERSION
                                             ^^^^^^^^ undefined-variable: Nothing sets VERSION here: the stage has no ARG VERSION.`,
    good: source`
      ARG VERSION=1.4
      FROM alpine:3.24
      ARG ASSETS=public
      ARG VERSION
      COPY $ASSETS /srv
      LABEL org.opencontainers.image.version=$VERSION`,
  },

  check(stage, report) {
    const { escape: escapeCharacter } = stage.model.file;
    let reported = 0;
    for (const instruction of stage.instructions) {
      if (!EXPANDED.has(instruction.name) || !instruction.body.text.includes("$")) continue;
      const words = [...expandedWords(instruction)].filter((it) => it.raw.includes("$"));
      for (const reference of words.flatMap((it) => variablesIn(it, escapeCharacter))) {
        const { name, operator, span } = reference;
        // With a default or a condition the author has thought of a variable that is not set.
        if (/^:?[-+?]$/.test(operator) || isBrought(name) || declares(instruction, name)) continue;
        if (stage.before(instruction).isSet(name).is !== "no") continue;
        if (reported++ < MOST_EXPLAINED) report(span, ...tell(reference, instruction, stage));
        else report(span, `Nothing sets ${name} here.`);
      }
    }
  },
});

/** A stage with more of them is no stage with slips: each costs a look at all that is set above. */
const MOST_EXPLAINED = 100;

const EXPANDED: ReadonlySet<string> = new Set(
  "ADD ARG COPY ENV EXPOSE LABEL STOPSIGNAL USER VOLUME WORKDIR".split(" "),
);

const EXPANDED_FLAGS: ReadonlySet<string> = new Set(["chown", "chmod", "checksum"]);

function* expandedWords({ name, words, pairs, flags }: Instruction): Generator<Word> {
  for (const { value, valueSpan, name: flag } of flags)
    if (value && valueSpan && EXPANDED_FLAGS.has(flag)) yield { raw: value, span: valueSpan };
  for (const pair of pairs) {
    if (name === "LABEL") yield pair.name;
    if (pair.value) yield pair.value;
  }
  if (pairs.length === 0) for (const word of words) if (!readHead(word.raw)) yield word;
}

/** BuildKit sets PATH where the image has none, and reads what is for its own scanners elsewhere (convert.go, read 2026-11). */
function isBrought(name: string): boolean {
  return name === "PATH" || isPredefined(name) || /^BUILDKIT_SBOM_SCAN_(?:CONTEXT|STAGE)$/.test(name);
}

function tell(
  { name, nameSpan }: VariableReference,
  instruction: Instruction,
  stage: Stage,
): [message: string, finding: Finding] {
  const { file } = stage.model;
  const global = globalDeclarations(stage.model).get(name);
  if (global || PLATFORM_ARGUMENTS.has(name)) {
    const edits = [insertAbove(file, instruction, `ARG ${name}`)];
    const related = global ? [{ message: "This one is for FROM only.", span: global.span }] : [];
    const fixes: Fix[] = [{ kind: "unsafe", title: `Declare ARG ${name} in this stage`, edits }];
    return [`Nothing sets ${name} here: the stage has no ARG ${name}.`, { related, fixes }];
  }
  const near = meantVariable(name, ["PATH", ...declaredAbove(instruction, stage)]);
  const later = stage.instructions.find((it) => declares(it, name));
  const related = later ? [{ message: `${name} is set only here.`, span: later.span }] : [];
  if (near === undefined || later) return [`Nothing sets ${name} here.`, { related }];
  // The value of a flag is read with its quotes taken off: the name may be anywhere in it.
  const written = file.text.slice(nameSpan.start, nameSpan.end);
  const at = nameSpan.start + written.indexOf(name);
  const isOnce = written.split(name).length === 2;
  const edits = [replace({ start: at, end: at + name.length }, near)];
  const fixes: Fix[] = isOnce ? [{ kind: "safe", title: `Replace ${name} with ${near}`, edits }] : [];
  return [`Nothing sets ${name} here; ${near} is near.`, { fixes }];
}

/** Names that ARG and ENV set above an instruction, those of the stages below among them. */
function declaredAbove(instruction: Instruction, stage: Stage): string[] {
  const above = [...stage.instructions.slice(0, stage.instructions.indexOf(instruction))];
  for (let { base } = stage; base.kind === "stage"; base = base.stage.base)
    above.push(...base.stage.instructions);
  return above
    .filter((it) => it.name === "ARG" || it.name === "ENV")
    .flatMap((it) => it.pairs.map((pair) => pair.name.raw));
}
