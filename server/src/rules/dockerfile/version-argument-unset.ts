import { PLATFORM_ARGUMENTS } from "../../model/stage/global-arguments.ts";
import { source } from "../../text/source.ts";
import { declareArgument, firstUses, oncePerRun } from "../knowledge/instructions/declare-argument.ts";
import { globalDeclarations } from "../knowledge/instructions/global-arguments.ts";
import { declaredNames, type UnsetUse, unsetVariables } from "../knowledge/shell/unset-variables.ts";
import { meantVariable } from "../knowledge/shell/variable-slip.ts";
import { stageRule } from "../rule.ts";

export const versionArgumentUnset = stageRule({
  id: "version-argument-unset",
  title: "Version for the linker that nothing sets",
  severity: "warning",
  tags: ["build"],
  aliases: ["version-arg-unset"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a variable in \`go build -ldflags "-X main.version=\${VERSION}"\` that nothing sets: the stage has no ARG and
      no ENV of that name, and the script does not set it either.`,
    why: source`
      The linker puts an empty text into the program, and \`--build-arg VERSION=1.4\` is dropped without a word,
      since no ARG takes it: the program cannot say which version it is.`,
    bad: source`
      FROM golang:1.27
      WORKDIR /src
      COPY . .
      RUN go build -ldflags "-X main.version=\${VERSION}" -o /out/api .
                                             ^^^^^^^^^^ version-argument-unset: Nothing sets VERSION, so that the program gets an empty text.`,
    good: source`
      FROM golang:1.27
      WORKDIR /src
      COPY . .
      ARG VERSION=dev
      RUN go build -ldflags "-X main.version=\${VERSION}" -o /out/api .`,
  },

  check(stage, report) {
    const uses = unsetVariables(stage).filter(isForLinker);
    if (uses.length === 0) return;
    const global = globalDeclarations(stage.model);
    const first = firstUses(uses);
    for (const { name, span, instruction } of oncePerRun(uses)) {
      // Declared in front of FROM, set by BuildKit, or a slip: other mistakes.
      if (global.has(name) || PLATFORM_ARGUMENTS.has(name)) continue;
      if (meantVariable(name, declaredNames(instruction, stage)) !== undefined) continue;
      report(span, `Nothing sets ${name}, so that the program gets an empty text.`, {
        fixes: declareArgument(first.get(name), stage),
      });
    }
  },
});

function isForLinker({ command }: UnsetUse): boolean {
  return command?.name?.literal === "go" && command.arguments.some((it) => /-X[ =]/.test(it.raw));
}
