import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { HereDocument } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { declareArgument, oncePerRun } from "../knowledge/instructions/declare-argument.ts";
import { firstDeclarations, globalDeclarations } from "../knowledge/instructions/global-arguments.ts";
import {
  declaredNames,
  everyUnsetUse,
  type UnsetUse,
  variablesInDocument,
} from "../knowledge/shell/unset-variables.ts";
import { meantVariable } from "../knowledge/shell/variable-slip.ts";
import { type Finding, type Fix, stageRule } from "../rule.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { replaceVariable } from "../writing/suggestions/replace-variable.ts";

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
      in mounts and in here-documents of COPY and ADD, that no ARG or ENV above sets. With a default it is an info. In the
      script of a RUN it reports only what is plainly a slip of a variable that is set. It is silent where the
      environment of the base image is not known, and about what a script sets or asks for itself. Arguments in front of the first FROM, and those of the platform, have
      rules of their own.`,
    why: source`
      The build goes on with nothing in the variable's place: \`COPY $SOURCES/ .\` copies the whole root of the build
      context.`,
    bad: source`
      FROM alpine:3.24
      ARG ASSETS=public
      COPY $ASETS /srv
           ^^^^^^ undefined-variable: Nothing sets ASETS here; did you mean ASSETS?
      LABEL org.opencontainers.image.version=$VERSION
                                             ^^^^^^^^ undefined-variable: Nothing sets VERSION here.`,
    good: source`
      FROM alpine:3.24
      ARG ASSETS=public
      ARG VERSION
      COPY $ASSETS /srv
      LABEL org.opencontainers.image.version=$VERSION`,
  },

  check(stage, report) {
    const uses = everyUnsetUse(stage);
    if (uses.length === 0) return;
    const global = globalDeclarations(stage.model);
    let looked = 0;
    let around: UnsetUse | undefined;
    for (const use of oncePerRun(uses)) {
      // `${A:+:$A}` asks before it uses the variable: that is one use.
      const isInside = around !== undefined && use.span.end <= around.span.end;
      if (isInside && around?.name === use.name) continue;
      if (!isInside) around = use;
      const isArgument = global.has(use.name) || PLATFORM_ARGUMENTS.has(use.name);
      // That has rules of its own.
      if (isArgument && use.operator === "" && !use.document) continue;
      if (looked++ >= MOST_EXPLAINED) {
        if (use.by === "build") report(use.span, `Nothing sets ${use.name} here.`);
        continue;
      }
      const told = use.by === "script" ? tellOfScript(use, stage) : tellOfBuild(use, stage, isArgument);
      if (told) report(use.span, ...told);
    }
  },
});

/** A stage with more of them is no stage with slips: each costs a look at all that is set above. */
const MOST_EXPLAINED = 100;

type Told = [message: string, finding: Finding];

/** A script may be handed what nobody sees here; only a slip is certain. */
function tellOfScript(use: UnsetUse, stage: Stage): Told | undefined {
  const { name } = use;
  const near = nearName(use, stage);
  if (near === undefined || setLater(use, stage)) return undefined;
  const fixes = replaceVariable(use, near, stage.model.file.text);
  return [`Nothing sets ${name} here${didYouMean(near)}`, { fixes, aliases: [] }];
}

function tellOfBuild(use: UnsetUse, stage: Stage, isArgument: boolean): Told {
  const { name, operator, document } = use;
  const [message, finding] = explain(use, stage, isArgument);
  // With a default the author has thought of a variable that is not set, but not that it never is.
  if (operator.endsWith("-"))
    return [`Nothing sets ${name} here, so its default is always taken.`, { ...finding, severity: "info" }];
  if (operator.endsWith("+")) return [message, { ...finding, severity: "info" }];
  if (operator.endsWith("?"))
    return [`Nothing sets ${name} here, so the build ends here.`, { ...finding, severity: "error" }];
  const isMended = (finding.fixes ?? []).length > 0;
  if (mayNotBeEmpty(use, stage)) {
    const { name: instruction } = use.instruction;
    const text = isMended
      ? message
      : `Nothing sets ${name} here, and ${instruction} ends the build for that.`;
    return [text, { ...finding, severity: "error" }];
  }
  if (!document || isMended) return [message, finding];
  const text = `The build expands this here-document, and nothing sets ${name} here.`;
  return [text, { ...finding, fixes: quoted(document, use, stage) }];
}

/**
 * Is the variable all that a word says for which BuildKit refuses an empty value: `VOLUME specified can not be an empty string`,
 * `invalid signal`, `no port specified` (tried with Docker 28.5, 2026-11)?
 */
function mayNotBeEmpty({ instruction, span }: UnsetUse, { model }: Stage): boolean {
  const rest = Object.hasOwn(BEHIND, instruction.name ?? "") ? BEHIND[instruction.name ?? ""] : undefined;
  const word = rest && instruction.words.find((it) => it.span.start <= span.start && span.end <= it.span.end);
  if (!rest || !word) return false;
  const written = model.file.text.slice(word.span.start, word.span.end).replace(/^["']|["']$/g, "");
  const variable = model.file.text.slice(span.start, span.end);
  return written.startsWith(variable) && rest.test(written.slice(variable.length));
}

/** What may stand behind it. */
const BEHIND: Readonly<Record<string, RegExp>> = {
  VOLUME: /^$/,
  STOPSIGNAL: /^$/,
  EXPOSE: /^\/(tcp|udp|sctp)$/i,
};

function explain(use: UnsetUse, stage: Stage, isArgument: boolean): Told {
  const { name } = use;
  if (isArgument) {
    const declaration = globalDeclarations(stage.model).get(name);
    const related = declaration ? [{ message: "This one is for FROM only.", span: declaration.span }] : [];
    // What is always taken now would no longer be.
    const fixes = declareArgument(use, stage).map((it): Fix => ({ ...it, kind: "unsafe" }));
    return [`Nothing sets ${name} here: the stage has no ARG ${name}.`, { related, fixes }];
  }
  const near = nearName(use, stage);
  const later = setLater(use, stage);
  const related = later ? [{ message: `${name} is set only here.`, span: later.span }] : [];
  if (near === undefined || later) return [`Nothing sets ${name} here.`, { related }];
  return [
    `Nothing sets ${name} here${didYouMean(near)}`,
    { fixes: replaceVariable(use, near, stage.model.file.text) },
  ];
}

function nearName({ name, instruction }: UnsetUse, stage: Stage): string | undefined {
  return meantVariable(name, ["PATH", ...declaredNames(instruction, stage)]);
}

function setLater({ name }: UnsetUse, stage: Stage) {
  return firstDeclarations(stage).get(name);
}

/** With its name in quotes a here-document is written as it stands, which is plainly meant for a script. */
function quoted(document: HereDocument, { instruction }: UnsetUse, stage: Stage): Fix[] {
  const { span, name, text } = document;
  const uses = variablesInDocument(document);
  const unset = everyUnsetUse(stage).filter((it) => it.document === document);
  const written = stage.model.file.text.slice(span.start, span.end);
  if (text.text.includes("\\") || unset.length < uses.length || !written.endsWith(name)) return [];
  if (instruction.hereDocuments.some((it) => it !== document && it.name === name)) return [];
  const isScript = text.text.startsWith("#!") || uses.some((it) => /^[^a-z_]/i.test(it.name));
  const edits = [replace({ start: span.end - name.length, end: span.end }, `"${name}"`)];
  return [{ kind: isScript ? "safe" : "unsafe", title: `Write "${name}", so that it stays as it is`, edits }];
}
