import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { rules } from "../../rules/all.ts";
import { budgetSettings } from "../../rules/knowledge/names/budget-comments.ts";
import type { Flag, Instruction } from "../../syntax/dockerfile/tree.ts";
import { contains, type Span, span } from "../../text/span.ts";
import { finish } from "../../text/steps.ts";
import { estimateText } from "../estimate-text.ts";
import { buildVariables } from "../knowledge/build-variables.ts";
import { directives } from "../knowledge/directives.ts";
import { flagsOf } from "../knowledge/flags.ts";
import { type ImageLabel, imageLabels } from "../knowledge/image-labels.ts";
import { instructionKnowledge } from "../knowledge/instructions.ts";
import { mountTypes } from "../knowledge/mounts.ts";
import { shownValue } from "../knowledge/shown-value.ts";
import { bold, code, codeBlock, plain } from "../markdown.ts";
import { sizeText } from "../size-text.ts";
import { estimateStage } from "../stage-estimate.ts";
import { stageNamedAt } from "../stage-names.ts";
import { baseText, stageSummary, stageTitle } from "../stage-text.ts";
import { variablesAt, variableUseAt } from "../variables.ts";
import { hoverWord } from "./dockerfile-words.ts";
import type { Hover } from "./hover.ts";
import { imageText } from "./image-text.ts";

/** What is known of the word at `offset` of a Dockerfile; undefined for nothing. `estimates`: say what a stage will weigh. */
export function hoverDockerfile(model: DockerfileModel, offset: number, estimates = true): Hover | undefined {
  const { file } = model;
  const directive = file.directives.find((it) => contains(it.span, offset));
  if (directive) {
    const known = directives.find((it) => it.name === directive.name);
    return known && { span: directive.span, markdown: `**# ${known.name}=**\n\n${known.summary}` };
  }
  const comment = file.comments.find((it) => contains(it.span, offset));
  if (comment) return hoverBudget(model, offset) ?? hoverRuleName(file.text, comment.span, offset);

  const outer = file.instructions.find((it) => contains(it.span, offset));
  if (!outer) return undefined;
  const instruction = outer.inner && contains(outer.inner.span, offset) ? outer.inner : outer;
  return (
    hoverKeyword(instruction, offset) ??
    hoverVariable(model, outer, offset) ??
    hoverStageName(model, offset, estimates) ??
    hoverBase(model, instruction, offset, estimates) ??
    hoverFlag(instruction, offset) ??
    hoverWord(model, outer, instruction, offset)
  );
}

function hoverKeyword({ name, keyword }: Instruction, offset: number): Hover | undefined {
  const known = contains(keyword, offset) ? instructionKnowledge(name) : undefined;
  if (!known) return undefined;
  return {
    span: keyword,
    markdown: `${codeBlock("dockerfile", known.forms.join("\n"))}\n\n${known.summary}`,
  };
}

function hoverVariable(model: DockerfileModel, instruction: Instruction, offset: number): Hover | undefined {
  const declared = instruction.pairs.find((it) => contains(it.name.span, offset));
  const label = instruction.name === "LABEL" ? knownLabel(declared?.name.raw) : undefined;
  if (declared && label)
    return { span: declared.name.span, markdown: `**${label.name}**\n\n${label.summary}` };
  const use = declared
    ? { name: declared.name.raw, span: declared.name.span }
    : variableUseAt(instruction, model.file.text, offset, model.file.escape);
  if (!use) return undefined;

  const stage = model.stages.find((it) => it.instructions.includes(instruction));
  const state = declared ? stage?.after(instruction) : stage?.before(instruction);
  const value = state?.variable(use.name);
  if (value?.known) {
    const reasons = value.because.map(({ message }) => `- ${plain(message)}`).join("\n");
    return {
      span: use.span,
      markdown: `${bold(use.name)} = ${code(shownValue(use.name, value.value))}${reasons && `\n\n${reasons}`}`,
    };
  }
  const variable = declared
    ? { value: declared.value?.raw, declaredBy: instruction.name }
    : variablesAt(model, offset).find((it) => it.name === use.name);
  if (variable) {
    const what =
      variable.value === undefined
        ? "has no default"
        : `is ${code(shownValue(use.name, variable.value))} when not set otherwise`;
    const how =
      variable.declaredBy === "ARG"
        ? `${what}; ${code(`--build-arg ${use.name}=…`)} sets it.`
        : `is ${code(shownValue(use.name, variable.value ?? ""))}.`;
    return { span: use.span, markdown: `${bold(use.name)} (${variable.declaredBy}) ${how}` };
  }
  const known = buildVariables.find((it) => it.name === use.name.toUpperCase());
  return known && { span: use.span, markdown: `**${known.name}**\n\n${known.summary}` };
}

function knownLabel(name: string | undefined): ImageLabel | undefined {
  return imageLabels.find((it) => it.name === name?.replaceAll('"', ""));
}

function hoverStageName(model: DockerfileModel, offset: number, estimates: boolean): Hover | undefined {
  const named = stageNamedAt(model, offset);
  return (
    named && { span: named.span, markdown: `${stageText(named.stage)}${estimateOf(named.stage, estimates)}` }
  );
}

/** As a paragraph of its own; empty where there is none. */
function estimateOf(stage: Stage, wanted: boolean): string {
  const estimate = wanted ? finish(estimateStage(stage)) : undefined;
  return estimate ? `\n\n${estimateText(estimate)}` : "";
}

function stageText(stage: Stage): string {
  return `${bold(stageTitle(stage))}\n\n${stageSummary(stage)}`;
}

function hoverBase(
  model: DockerfileModel,
  instruction: Instruction,
  offset: number,
  estimates: boolean,
): Hover | undefined {
  const stage = model.stages.find((it) => it.from === instruction);
  const word = stage?.base.word;
  if (!stage || !word || !contains(word.span, offset)) return undefined;
  switch (stage.base.kind) {
    case "image": {
      const { facts } = stage.base;
      const title = bold(baseText(stage));
      return {
        span: word.span,
        markdown: facts.known
          ? `${title}\n\n${imageText(facts.value)}${estimateOf(stage, estimates)}`
          : `${title}\n\nNo facts about this image are known.`,
      };
    }
    case "scratch":
      return {
        span: word.span,
        markdown: `**scratch**\n\nNothing at all: no shell, no users, no certificates, no \`/tmp\`.${estimateOf(stage, estimates)}`,
      };
    default:
      return undefined;
  }
}

function hoverFlag(instruction: Instruction, offset: number): Hover | undefined {
  const flag = instruction.flags.find((it) => contains(it.span, offset));
  if (!flag) return undefined;
  if (flag.name === "mount") return hoverMount(flag, offset);
  const known = flagsOf[instruction.name]?.find((it) => it.name === flag.name);
  if (!known) return undefined;
  const value = known.value?.known.find((it) => it.value === flag.value);
  return {
    span: flag.span,
    markdown: `**--${known.name}**${known.since ? ` (Dockerfile ${known.since})` : ""}\n\n${known.summary}${value ? `\n\n${code(value.value)}: ${value.summary}` : ""}`,
  };
}

function hoverMount(flag: Flag, offset: number): Hover | undefined {
  const type = mountTypes.find(
    (it) => it.type === (flag.fields.find(({ name }) => name === "type")?.value ?? "bind"),
  );
  const field = flag.fields.find((it) => contains(it.span, offset));
  const known = type?.fields.find(
    (it) => it.name === field?.name || it.otherNames.includes(field?.name ?? ""),
  );
  if (field && known) {
    const value = known.known.find((it) => it.value === field.value);
    return {
      span: field.span,
      markdown: `**${known.name}**\n\n${known.summary}${value ? `\n\n${code(value.value)}: ${value.summary}` : ""}`,
    };
  }
  return (
    type && { span: field?.span ?? flag.span, markdown: `**--mount=type=${type.type}**\n\n${type.summary}` }
  );
}

/** What `# plimsoll: max-size=25MB` demands, and of which stage. */
function hoverBudget({ file, stages }: DockerfileModel, offset: number): Hover | undefined {
  const budget = budgetSettings(file).find((it) => contains(it.span, offset));
  if (budget?.of === undefined) return undefined;
  const stage = stages.find((it) => it.from === budget.from);
  const whose = stage ? `the image of ${plain(stageTitle(stage))}` : "an image";
  const how = budget.of === "disk" ? "on disk, all layers unpacked" : "compressed, as a registry has it";
  const size =
    budget.value.kind === "bytes"
      ? `**${sizeText(budget.value.bytes)}**`
      : `this (${plain(budget.value.message)})`;
  return {
    span: budget.span,
    markdown: `**Size budget**\n\nAt most ${size} for ${whose}: ${how}. Checked after each build and weighing, and by \`plimsoll size\`.`,
  };
}

/** A rule's name in `# plimsoll ignore=…`, `# check=skip=…` or `# hadolint ignore=…`. */
function hoverRuleName(text: string, comment: Span, offset: number): Hover | undefined {
  for (const word of text.slice(comment.start, comment.end).matchAll(/[\w-]+/g)) {
    const place = span(comment.start + word.index, comment.start + word.index + word[0].length);
    if (!contains(place, offset)) continue;
    const rule = rules.find((it) => it.id === word[0] || it.aliases.includes(word[0]));
    if (rule) return { span: place, markdown: `**${rule.title}** (${code(rule.id)})\n\n${rule.docs.why}` };
  }
  return undefined;
}
