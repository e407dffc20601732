import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { readHead } from "../../syntax/dockerfile/here-documents.ts";
import type { HereDocument, Instruction, Word } from "../../syntax/dockerfile/tree.ts";
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
      in mounts and in here-documents of COPY and ADD, that no ARG or ENV above sets. With a default it is an info. It is
      silent where the environment of the base image is not known. Commands of RUN, CMD and ENTRYPOINT are the shell's to
      expand, and are not looked at.`,
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
      for (const { reference, document } of usesIn(instruction, escapeCharacter)) {
        const { name, span } = reference;
        if (!isUnset(name, instruction, stage)) continue;
        if (reported++ >= MOST_EXPLAINED) report(span, `Nothing sets ${name} here.`);
        else if (document) report(span, ...tellOfDocument(reference, document, instruction, stage));
        else report(span, ...tell(reference, instruction, stage));
      }
    }
  },
});

interface Use {
  readonly reference: VariableReference;
  /** Where it stands in the content of a here-document. */
  readonly document?: HereDocument;
}

function* usesIn(instruction: Instruction, escapeCharacter: string): Generator<Use> {
  if (instruction.body.text.includes("$")) {
    for (const word of expandedWords(instruction))
      if (word.raw.includes("$"))
        for (const reference of variablesIn(word, escapeCharacter)) yield { reference };
  }
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return;
  for (const document of instruction.hereDocuments)
    if (document.expand) for (const reference of variablesInDocument(document)) yield { reference, document };
}

/** What COPY and ADD write is expanded with `\\` as escape whatever the directive says, and quotes stay. */
function variablesInDocument({ text, content }: HereDocument): VariableReference[] {
  return text.text.includes("$")
    ? variablesIn({ raw: text.text, span: content, mapped: text }, "\\", { keepQuotes: true })
    : [];
}

function isUnset(name: string, instruction: Instruction, stage: Stage): boolean {
  if (isBrought(name) || (instruction.name === "ARG" && declares(instruction, name))) return false;
  // No variable has the name of a script's parameter.
  return /^[^a-z_]/i.test(name) || stage.before(instruction).isSet(name).is === "no";
}

/** A stage with more of them is no stage with slips: each costs a look at all that is set above. */
const MOST_EXPLAINED = 100;

const EXPANDED: ReadonlySet<string> = new Set(
  "ADD ARG COPY ENV EXPOSE LABEL STOPSIGNAL USER VOLUME WORKDIR".split(" "),
);

const EXPANDED_FLAGS: ReadonlySet<string> = new Set(["chown", "chmod", "checksum"]);

const EXPANDED_FIELDS: ReadonlySet<string> = new Set("destination dst id source src target".split(" "));

function* expandedWords({ name, words, pairs, flags }: Instruction): Generator<Word> {
  if (name === "RUN")
    for (const { name: field, value, valueSpan } of flags.flatMap((it) =>
      it.name === "mount" ? it.fields : [],
    ))
      if (value && valueSpan && EXPANDED_FIELDS.has(field)) yield { raw: value, span: valueSpan };
  if (!EXPANDED.has(name)) return;
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

type Told = [message: string, finding: Finding];

function tell(reference: VariableReference, instruction: Instruction, stage: Stage): Told {
  const { name, operator } = reference;
  const [message, finding] = explain(reference, instruction, stage);
  // With a default the author has thought of a variable that is not set, but not that it never is.
  if (/^:?-$/.test(operator))
    return [`Nothing sets ${name} here, so its default is always taken.`, { ...finding, severity: "info" }];
  if (/^:?\+$/.test(operator)) return [message, { ...finding, severity: "info" }];
  if (/^:?\?$/.test(operator))
    return [`Nothing sets ${name} here, so the build ends here.`, { ...finding, severity: "error" }];
  return [message, finding];
}

function tellOfDocument(
  reference: VariableReference,
  document: HereDocument,
  instruction: Instruction,
  stage: Stage,
): Told {
  const [message, finding] = tell(reference, instruction, stage);
  if ((finding.fixes ?? []).length > 0) return [message, finding];
  const fixes = quoted(document, instruction, stage);
  return [
    `The build expands this here-document, and nothing sets ${reference.name} here.`,
    { ...finding, fixes },
  ];
}

/** With its name in quotes a here-document is written as it stands, which is plainly meant for a script. */
function quoted(document: HereDocument, instruction: Instruction, stage: Stage): Fix[] {
  const { span, name, text } = document;
  const { file } = stage.model;
  const uses = variablesInDocument(document);
  const written = file.text.slice(span.start, span.end);
  if (text.text.includes("\\") || !uses.every((it) => isUnset(it.name, instruction, stage))) return [];
  if (!written.endsWith(name) || instruction.hereDocuments.some((it) => it !== document && it.name === name))
    return [];
  const isScript = text.text.startsWith("#!") || uses.some((it) => /^[^a-z_]/i.test(it.name));
  const edits = [replace({ start: span.end - name.length, end: span.end }, `"${name}"`)];
  return [{ kind: isScript ? "safe" : "unsafe", title: `Write "${name}", so that it stays as it is`, edits }];
}

function explain({ name, nameSpan }: VariableReference, instruction: Instruction, stage: Stage): Told {
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
