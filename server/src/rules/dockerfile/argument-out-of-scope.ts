import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { source } from "../../text/source.ts";
import { unsetVariables } from "../knowledge/shell/unset-variables.ts";
import { declareArgument, firstUses, oncePerRun } from "../knowledge/stages/declare-argument.ts";
import { globalDeclarations } from "../knowledge/stages/global-arguments.ts";
import { stageRule } from "../rule.ts";

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
      again: in RUN, COPY, ENV, LABEL and wherever else variables are expanded. Silent where something else sets it, or
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
    if (global.size === 0) return;
    const uses = unsetVariables(stage).filter(
      (it) => global.has(it.name) && !PLATFORM_ARGUMENTS.has(it.name),
    );
    const first = firstUses(uses);
    for (const { name, span, by } of oncePerRun(uses)) {
      const declaration = global.get(name);
      report(span, `${name} is empty here: the stage has no ARG ${name}.`, {
        related: declaration ? [{ message: "This one is for FROM only.", span: declaration.span }] : [],
        fixes: declareArgument(first.get(name), stage),
        aliases: ["S34", "global-arg-in-stage", "S6579", ...(by === "build" ? ["UndefinedVar"] : [])],
      });
    }
  },
});
