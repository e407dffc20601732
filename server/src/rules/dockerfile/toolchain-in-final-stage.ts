import type { ImageFacts } from "../../model/image/facts.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { CommandSetting } from "../../model/stage/state.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { isCompileCommand, startsToolchain } from "../knowledge/compilers.ts";
import { stageRule } from "../rule.ts";
import { multiStageFixes } from "../writing/multi-stage/multi-stage.ts";

export const toolchainInFinalStage = stageRule({
  id: "toolchain-in-final-stage",
  title: "Compiler shipped with the program",
  severity: "warning",
  tags: ["size", "security"],
  aliases: ["S22", "toolchain-final-image"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a final stage that is built on a compiler's image (\`golang\`, \`rust\`, \`maven\`, \`dotnet/sdk\` …), compiles
      a program and starts it. Silent if the container starts the toolchain itself, as images for development do.`,
    why: source`
      The compiler, its sources and caches weigh hundreds of megabytes, travel with each release, and give an intruder
      tools to work with. Build in one stage, and copy the program to a second one that holds nothing else.`,
    bad: source`
      FROM golang:1.27
           ^^^^^^^^^^^ toolchain-in-final-stage: golang:1.27 is a toolchain, and the image ships it although only the program that it builds is started.
      WORKDIR /src
      COPY . .
      RUN go build -o /usr/local/bin/api .
      ENTRYPOINT ["/usr/local/bin/api"]`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM alpine:3.24
      COPY --from=builder /out/api /usr/local/bin/
      ENTRYPOINT ["/usr/local/bin/api"]`,
  },

  check(stage, report) {
    const toolchain = stage.isFinal ? toolchainOf(stage) : undefined;
    const compiled = toolchain && compileCommand(stage);
    if (!toolchain || !compiled || !startsProgram(stage)) return;

    const { name, facts } = toolchain;
    report(
      stage.base.word?.span ?? stage.from.keyword,
      `${name} is a toolchain, and the image ships it although only the program that it builds is started.`,
      {
        related: [
          { message: "The program is built here.", span: compiled.span },
          { message: `${name} is an image to build with${weightOf(facts)}.` },
        ],
        fixes: multiStageFixes(stage),
      },
    );
  },
});

function toolchainOf({
  bottom: { base },
}: Stage): { readonly name: string; readonly facts: ImageFacts } | undefined {
  if (base.kind !== "image" || !base.facts.known || base.facts.value.role !== "toolchain") return undefined;
  return { name: base.image.text, facts: base.facts.value };
}

function compileCommand(stage: Stage): Command | undefined {
  for (const it of stagesDownFrom(stage)) {
    const compile = it.instructions
      .filter(({ name }) => name === "RUN")
      .flatMap((run) => it.scriptOf(run)?.commands ?? [])
      .find(isCompileCommand);
    if (compile) return compile;
  }
  return undefined;
}

/** Is a command of the file's own started, and not one of the toolchain? */
function startsProgram({ result }: Stage): boolean {
  const settings = [result.entrypoint, result.command].flatMap((it) =>
    it.known && it.value ? [it.value] : [],
  );
  const own = settings.filter((it) => it.instruction !== undefined);
  return own.length > 0 && !own.some((it) => startsToolchain(wordsOf(it)));
}

function wordsOf({ form, words }: CommandSetting): string[] {
  const line = (text: string) => text.replace(/^exec\s+/, "").split(/\s+/);
  const [program = "", option, script] = words.map((it) => it.raw);
  if (form === "shell") return line(program);
  return option === "-c" && script !== undefined ? line(script) : words.map((it) => it.raw);
}

function weightOf({ unpackedSize, compressedSize }: ImageFacts): string {
  if (unpackedSize !== undefined) return ` of ${Math.round(unpackedSize / 1e6)} MB`;
  return compressedSize === undefined ? "" : ` of ${Math.round(compressedSize / 1e6)} MB compressed`;
}
