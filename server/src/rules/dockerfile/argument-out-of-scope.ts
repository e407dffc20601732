import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { needsOf } from "../../model/stage/stage-graph.ts";
import { saysText } from "../../syntax/dockerfile/says.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { declareArgument, firstUses, oncePerRun } from "../knowledge/instructions/declare-argument.ts";
import { globalDeclarations } from "../knowledge/instructions/global-arguments.ts";
import { type UnsetUse, unsetVariables } from "../knowledge/shell/unset-variables.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const argumentOutOfScope = stageRule({
  id: "argument-out-of-scope",
  title: "ARG from in front of FROM used inside a stage",
  severity: "warning",
  tags: ["build"],
  aliases: ["S34", "global-arg-in-stage", "S6579", "UndefinedVar"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable that an ARG in front of the first FROM declares, and that a stage uses without declaring it
      again: in RUN, COPY, ENV, LABEL and wherever else variables are expanded; in RUN also one that only a stage it copies
      from declares. Silent where something else sets it, or
      may set it: the base image, the script itself, a file that it sources. Silent too where the script has a default
      for it or asks whether it is set.`,
    why: source`
      What stands in front of the first FROM is seen by FROM alone. Inside a stage the variable is empty, whatever
      \`--build-arg\` says, and the build goes on with nothing in its place. \`ARG VERSION\` in the stage, without a
      value, takes the default from above.`,
    bad: source`
      ARG VERSION=1.4
      FROM alpine:3.24
      RUN wget -q https://example.com/app-$VERSION.tar.gz
                                          ^^^^^^^^ argument-out-of-scope: VERSION is empty here: the stage has no ARG VERSION.`,
    good: source`
      ARG VERSION=1.4
      FROM alpine:3.24
      ARG VERSION
      RUN wget -q https://example.com/app-$VERSION.tar.gz`,
  },

  check(stage, report) {
    const global = globalDeclarations(stage.model);
    const isGlobal = (name: string) => global.has(name) && !PLATFORM_ARGUMENTS.has(name);
    const others =
      global.size > 0 || stage.instructions.some(usesVariable) ? otherDeclarations(stage) : global;
    if (global.size === 0 && others.size === 0) return;
    const isOfOther = (name: string) =>
      others.has(name) && !global.has(name) && !PLATFORM_ARGUMENTS.has(name);
    const uses = unsetVariables(stage).filter(
      // Of a word that the build expands it is told that nothing sets it.
      ({ name, by }) => isGlobal(name) || (by === "script" && isOfOther(name)),
    );
    const first = firstUses(uses);
    for (const { name, span, by } of oncePerRun(uses)) {
      const declaration = global.get(name);
      const other = declaration ? undefined : others.get(name);
      report(span, `${name} is empty here: the stage has no ARG ${name}.`, {
        related: declaration
          ? [{ message: "This one is for FROM only.", span: declaration.span }]
          : other
            ? [{ message: "This one is for its own stage only.", span: other.span }]
            : [],
        fixes: other
          ? repeatArgument(first.get(name), other, stage)
          : declareArgument(first.get(name), stage),
        aliases: ["S34", "global-arg-in-stage", "S6579", ...(by === "build" ? ["UndefinedVar"] : [])],
      });
    }
  },
});

function usesVariable(instruction: Instruction): boolean {
  return instruction.name === "RUN" && saysText("$", instruction);
}

/** The ARGs of stages that this one copies from: what they know was most likely thought to be known here too. */
const otherDeclarations = notedOnStage((stage): ReadonlyMap<string, Pair> => {
  const found = new Map<string, Pair>();
  for (const other of needsOf(stage))
    for (const { name, pairs } of other.instructions)
      if (name === "ARG") for (const pair of pairs) found.set(pair.name.raw, pair);
  return found;
});

/** With the default of the other stage, where it has a plain one. */
function repeatArgument(use: UnsetUse | undefined, { name, value }: Pair, { model }: Stage): Fix[] {
  if (!use || !/^[\w./:@+-]*$/.test(value?.raw ?? "")) return [];
  const line = `ARG ${name.raw}${value ? `=${value.raw}` : ""}`;
  return [{ kind: "unsafe", title: `Add ${line}`, edits: [insertAbove(model.file, use.instruction, line)] }];
}
