import { rules } from "../../../rules/all.ts";
import type { Command } from "../run.ts";
import { paint, type Terminal } from "../terminal.ts";
import { UsageError } from "../usage.ts";

export const rulesCommand: Command = {
  spec: {
    name: "rules",
    summary: "List every rule.",
    usage: "rules [--format text|json]",
    flags: [
      {
        name: "format",
        summary: "text when not given.",
        value: { placeholder: "text|json", oneOf: ["text", "json"] },
      },
    ],
    notes: ["A fix that is `safe` keeps what the build does and runs with `check --fix`."],
  },
  async run({ values, operands }, terminal) {
    if (operands.length > 0) throw new UsageError(`This command takes no files: ${operands.join(" ")}.`);
    terminal.out(values.get("format") === "json" ? asJson() : asText(terminal));
    return 0;
  },
};

function asJson(): string {
  const list = rules.map(({ id, title, severity, aliases, tags, fix, enabled, since, looksAt }) => ({
    id,
    title,
    severity,
    aliases,
    tags,
    fix,
    enabled,
    since,
    file: looksAt === "compose" ? "compose" : "dockerfile",
  }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

function asText(terminal: Terminal): string {
  const width = Math.max(...rules.map((it) => it.id.length));
  const lines = rules.map(({ id, title, severity, aliases, fix, enabled }) => {
    const notes = [
      fix === "none" ? "" : `${fix} fix`,
      enabled ? "" : "off by default",
      aliases.length > 0 ? aliases.join(", ") : "",
    ].filter((it) => it !== "");
    const behind = notes.length > 0 ? paint(terminal, "grey", ` (${notes.join("; ")})`) : "";
    return `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}${behind}`;
  });
  return `${lines.join("\n")}\n`;
}
