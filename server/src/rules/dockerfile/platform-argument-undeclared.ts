import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { source } from "../../text/source.ts";
import { declareArgument, firstUses, oncePerRun } from "../knowledge/instructions/declare-argument.ts";
import { globalDeclarations } from "../knowledge/instructions/global-arguments.ts";
import { unsetVariables } from "../knowledge/shell/unset-variables.ts";
import { stageRule } from "../rule.ts";

export const platformArgumentUndeclared = stageRule({
  id: "platform-argument-undeclared",
  title: "Platform argument used without an ARG for it",
  severity: "warning",
  tags: ["build"],
  aliases: ["S35", "platform-arg-undeclared", "UndefinedVar"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`TARGETARCH\`, \`TARGETOS\`, \`BUILDPLATFORM\` and the other arguments that BuildKit sets by itself, where a
      stage uses one of them in RUN, COPY, ENV or LABEL without declaring it. Silent where the script sets it itself,
      has a default for it or asks whether it is set.`,
    why: source`
      BuildKit hands these arguments only to a stage that asks for them with ARG. Without it \`GOARCH=$TARGETARCH\` is
      \`GOARCH=\`, so that a build for another platform quietly gets a binary of the builder's own.`,
    bad: source`
      FROM golang:1.27
      RUN GOARCH=$TARGETARCH go build -o /out/api .
                 ^^^^^^^^^^^ platform-argument-undeclared: TARGETARCH is empty here: the stage has no ARG TARGETARCH.`,
    good: source`
      FROM golang:1.27
      ARG TARGETARCH
      RUN GOARCH=$TARGETARCH go build -o /out/api .`,
  },

  check(stage, report) {
    const uses = unsetVariables(stage).filter((it) => PLATFORM_ARGUMENTS.has(it.name));
    if (uses.length === 0) return;
    const global = globalDeclarations(stage.model);
    const first = firstUses(uses);
    for (const { name, span, by } of oncePerRun(uses)) {
      const declaration = global.get(name);
      report(span, `${name} is empty here: the stage has no ARG ${name}.`, {
        related: declaration ? [{ message: "This one is for FROM only.", span: declaration.span }] : [],
        fixes: declareArgument(first.get(name), stage),
        aliases: ["S35", "platform-arg-undeclared", ...(by === "build" ? ["UndefinedVar"] : [])],
      });
    }
  },
});
