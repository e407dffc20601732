import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { expandWord, type Lookup, UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import { isReference } from "../../syntax/dockerfile/problems/image-reference.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { type VariableReference, variablesIn } from "../../syntax/dockerfile/variables.ts";
import { source } from "../../text/source.ts";
import { declares, globalDeclarations, isPredefined } from "../knowledge/instructions/global-arguments.ts";
import { meantVariable } from "../knowledge/shell/variable-slip.ts";
import { dockerfileRule, type Finding } from "../rule.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { replaceVariable } from "../writing/suggestions/replace-variable.ts";

export const undefinedArgumentInFrom = dockerfileRule({
  id: "undefined-argument-in-from",
  title: "Variable in FROM that no ARG declares",
  severity: "warning",
  tags: ["build"],
  aliases: ["UndefinedArgInFrom", "InvalidDefaultArgInFrom"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable in the image or the platform of a FROM that no ARG in front of the first FROM declares, and
      that BuildKit does not bring itself, as it does BUILDPLATFORM. It is an error where nothing that is an image, or a
      platform, is left.`,
    why: source`
      FROM sees nothing but the arguments in front of the first FROM. Any other variable is empty there, whatever
      \`--build-arg\` says, and whatever an ARG of a stage says.`,
    bad: source`
      ARG VERSION=3.24
      FROM alpine:$VERSON
                  ^^^^^^^ undefined-argument-in-from: No ARG in front of the first FROM declares VERSON; did you mean VERSION?
      FROM --platform=$BULIDPLATFORM golang:1.27
                      ^^^^^^^^^^^^^^ undefined-argument-in-from`,
    good: source`
      ARG VERSION=3.24
      FROM alpine:$VERSION
      FROM --platform=$BUILDPLATFORM golang:1.27`,
  },

  check(model, report) {
    const declared = globalDeclarations(model);
    const isDefined = (name: string) =>
      declared.has(name) || PLATFORM_ARGUMENTS.has(name) || isPredefined(name);
    const lookup: Lookup = (name) => (isDefined(name) ? UNKNOWN : undefined);
    for (const { from } of model.stages) {
      for (const reference of variablesOf(from, model.file.escape)) {
        const { name, span } = reference;
        if (isDefined(name)) continue;
        const near = meantVariable(name, [...declared.keys(), ...PLATFORM_ARGUMENTS]);
        const message = `No ARG in front of the first FROM declares ${name}${didYouMean(near)}`;
        const finding = findingOf(reference, near, from, model);
        report(span, message, { ...finding, ...gravity(reference, from, lookup, model) });
      }
    }
  },
});

/** Without the variable there may be nothing left that could be built from, whatever arguments are given. */
function gravity(
  { span }: VariableReference,
  { words: [image], flags }: Instruction,
  lookup: Lookup,
  { file }: DockerfileModel,
): Finding {
  const isInImage = image !== undefined && image.span.start <= span.start;
  const text = isInImage ? image.raw : (flags.find((it) => it.name === "platform")?.value ?? "");
  const { value } = expandWord(text, lookup, file.escape);
  const isBroken = value !== undefined && (isInImage ? !isReference(value) : value === "");
  if (!isBroken) return { aliases: ["UndefinedArgInFrom"] };
  return isInImage ? { severity: "error" } : { severity: "error", aliases: ["UndefinedArgInFrom"] };
}

function variablesOf(from: Instruction, escapeCharacter: string): VariableReference[] {
  const [image] = from.words;
  const words: Word[] = image ? [image] : [];
  const platform = from.flags.find((it) => it.name === "platform");
  if (platform?.value && platform.valueSpan) words.unshift({ raw: platform.value, span: platform.valueSpan });
  return words.flatMap((it) => (it.raw.includes("$") ? variablesIn(it, escapeCharacter) : []));
}

function findingOf(
  reference: VariableReference,
  near: string | undefined,
  from: Instruction,
  { file }: DockerfileModel,
): Finding {
  const other = file.instructions.find(
    (it) => it.span.start < from.span.start && declares(it, reference.name),
  );
  const related = other ? [{ message: `This ${other.name} is of its stage only.`, span: other.span }] : [];
  return { related, fixes: near === undefined ? [] : replaceVariable(reference, near, file.text) };
}
