import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { type Report, stageRule } from "../rule.ts";

export const curlAndWget = stageRule({
  id: "curl-and-wget",
  title: "Two programs for downloads in one stage",
  severity: "warning",
  tags: ["size", "clarity"],
  aliases: ["DL4001", "DS-0014"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN with \`curl\` in a stage that downloads with \`wget\` above, and the other way round. One that stands in
      for the other (\`curl … || wget …\`) does not count.`,
    why: source`
      One of them is enough. Two have to be installed and kept up to date, and each has its own options, its own
      proxies and its own ways to fail.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y curl wget
      RUN curl -fsSLO https://example.com/a.tar.gz
      RUN wget -q https://example.com/b.tar.gz
          ^^^^ curl-and-wget: This stage downloads with curl already.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y curl
      RUN curl -fsSLO https://example.com/a.tar.gz
      RUN curl -fsSLO https://example.com/b.tar.gz`,
  },
  onlyWith: { programs: ["curl", "wget"] },

  check(stage, report) {
    // What a trigger downloads is another build's.
    const runs = stage.instructions.filter((it) => it.name === "RUN");
    checkAll(runs, stage, report);
    const triggers = stage.instructions.filter((it) => it.name === "ONBUILD" && it.inner?.name === "RUN");
    if (triggers.length > 0) checkAll(triggers, stage, report);
  },
});

function checkAll(instructions: readonly Instruction[], stage: Stage, report: Report): void {
  const first = new Map<string, Span>();
  for (const instruction of instructions) {
    let found: { readonly span: Span; readonly other: string } | undefined;
    for (const command of stage.commandsOf(instruction)?.commands ?? []) {
      const program = downloader(command);
      if (!program || !command.name) continue;
      const other = program === "curl" ? "wget" : "curl";
      if (first.has(other)) found ??= { span: command.name.span, other };
      if (!first.has(program)) first.set(program, command.name.span);
    }
    const span = found && first.get(found.other);
    if (!found || !span) continue;
    report(found.span, `This stage downloads with ${found.other} already.`, {
      related: [{ message: `${found.other} is used here.`, span }],
    });
  }
}

function downloader({ name, after, arguments: words }: Command): string | undefined {
  const program = name?.literal?.includes("/") ? baseName(name.literal) : name?.literal;
  if ((program !== "curl" && program !== "wget") || after === "||") return undefined;
  return words.some((it) => /^(-V|--version)$/.test(it.literal ?? it.raw)) ? undefined : program;
}
