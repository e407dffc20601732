import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { type VariableReference, variablesIn } from "../../syntax/dockerfile/variables.ts";
import { source } from "../../text/source.ts";
import { globalDeclarations, isPredefined } from "../knowledge/instructions/global-arguments.ts";
import { meantVariable } from "../knowledge/shell/variable-slip.ts";
import { dockerfileRule, type Finding } from "../rule.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { replaceVariable } from "../writing/suggestions/replace-variable.ts";

export const undefinedVariableBeforeFrom = dockerfileRule({
  id: "undefined-variable-before-from",
  title: "Default in front of the first FROM with a variable that nothing declares",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable in the default of an ARG in front of the first FROM that no ARG above declares, and that BuildKit does not
      bring itself. With a default of its own it is an info, and \`\${NAME:?}\` is an error: nobody can give such a variable.`,
    why: source`
      The build goes on with nothing in the variable's place, and whatever \`--build-arg\` gives for it is not looked at. BuildKit
      says nothing of it, so that what comes of it is found later, e.g. in a FROM.`,
    bad: source`
      ARG ALPINE_VERSION=3.24
      ARG BASE=alpine:$ALPINE_VERSON
                      ^^^^^^^^^^^^^^ undefined-variable-before-from: No ARG above declares ALPINE_VERSON; did you mean ALPINE_VERSION?
      FROM $BASE`,
    good: source`
      ARG ALPINE_VERSION=3.24
      ARG BASE=alpine:$ALPINE_VERSION
      FROM $BASE`,
  },

  check(model, report) {
    const { file, stages } = model;
    const above = new Set<string>();
    for (const instruction of file.instructions) {
      if (instruction === stages[0]?.from) break;
      if (instruction.name !== "ARG") continue;
      for (const { name, value } of instruction.pairs) {
        for (const it of value?.raw.includes("$") ? variablesIn(value, file.escape) : []) {
          if (above.has(it.name) || PLATFORM_ARGUMENTS.has(it.name) || isPredefined(it.name)) continue;
          report(it.span, ...tellOf(it, name.raw, above, model));
        }
        above.add(name.raw);
      }
    }
  },
});

function tellOf(
  use: VariableReference,
  argument: string,
  above: ReadonlySet<string>,
  model: DockerfileModel,
): [message: string, finding: Finding] {
  const { name, operator } = use;
  const later = globalDeclarations(model).get(name);
  const related = later ? [{ message: `${name} is declared only here.`, span: later.span }] : [];
  const isGiven = Object.hasOwn(model.inputs.buildArguments, argument);
  if (operator.endsWith("?") && !isGiven)
    return [
      `No ARG above declares ${name}, so the build ends here unless it is given ${argument}.`,
      { related, severity: "error" },
    ];
  // The author has thought of a variable that is not set, but not that it never is.
  if (/[-+]$/.test(operator))
    return [`No ARG above declares ${name}, so it is never set here.`, { related, severity: "info" }];
  const near = later ? undefined : meantVariable(name, [...above, ...PLATFORM_ARGUMENTS]);
  const fixes = near === undefined ? [] : replaceVariable(use, near, model.file.text);
  return [`No ARG above declares ${name}${didYouMean(near)}`, { related, fixes }];
}
