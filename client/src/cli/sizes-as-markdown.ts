import { formatBytes, formatDifference, formatExactBytes, formatPercent } from "../shared/figures.ts";
import { inCode } from "../shared/markdown-table.ts";
import { makerText, placeOf, shortened } from "./sizes-as-text.ts";
import { type SizeResult, verdictTexts } from "./verdict.ts";

/** So many changes are shown at once; the rest is behind a fold with everything. */
const mostMoved = 8;

/** For a comment on a pull request, or the summary of a step of GitHub Actions. */
export function sizesAsMarkdown(results: readonly SizeResult[]): string {
  const verdicts = results.flatMap((it) =>
    verdictTexts(it).map(({ text, isOver }) => ({ text: `${inCode(it.report.name)} ${text}.`, isOver })),
  );
  const isOver = verdicts.some((it) => it.isOver);
  const parts = [
    `### Image sizes${verdicts.length === 0 ? "" : isOver ? ": too large" : ": within limits"}`,
    table(results),
    ...(verdicts.length === 0
      ? []
      : [verdicts.map((it) => `- ${it.isOver ? `**${it.text}**` : it.text}`).join("\n")]),
    ...results.flatMap(moved),
    ...results.map(details),
  ];
  return `${parts.join("\n\n")}\n`;
}

function table(results: readonly SizeResult[]): string {
  const isCompared = results.some((it) => it.isCompared);
  const hasTransfer = results.some((it) => it.report.transfer !== null);
  const hasBudget = results.some((it) => it.verdicts.length > 0);
  const columns: readonly (readonly [string, (result: SizeResult) => string])[] = [
    ["On disk", ({ report }) => formatBytes(report.onDisk)],
    ...(hasTransfer
      ? [
          [
            "Transfer",
            ({ report }: SizeResult) => (report.transfer === null ? "" : formatBytes(report.transfer)),
          ] as const,
        ]
      : []),
    ["Base", ({ report }) => (report.base ? formatBytes(report.base.bytes) : "not known")],
    ["For nothing", ({ report }) => formatBytes(report.onDisk - report.visible)],
    ...(hasBudget ? [["Budget", budgetText] as const] : []),
    ...(isCompared ? [["Change", changeText] as const] : []),
  ];
  return [
    `| Image |${columns.map(([title]) => ` ${title} |`).join("")}`,
    `|---|${columns.map(() => "---:|").join("")}`,
    ...results.map(
      (it) => `| ${inCode(it.report.name)} |${columns.map(([, text]) => ` ${text(it)} |`).join("")}`,
    ),
  ].join("\n");
}

function budgetText({ verdicts }: SizeResult): string {
  return verdicts
    .map(
      ({ budget, over }) =>
        `${over > 0 ? "**over** " : ""}${formatBytes(budget.bytes)}${budget.of === "transfer" ? " transfer" : ""}`,
    )
    .join(", ");
}

function changeText({ change }: SizeResult): string {
  if (!change) return "new";
  const percent = formatPercent(change.onDisk, change.before.onDisk);
  return `${formatDifference(change.onDisk)}${percent === undefined || change.onDisk === 0 ? "" : ` (${percent})`}`;
}

/** The instructions that made the difference. */
function moved({ report, change, file }: SizeResult): readonly string[] {
  if (!change || change.lines.length === 0) return [];
  const shown = change.lines.slice(0, mostMoved);
  const rest = change.lines.slice(mostMoved);
  const rows = shown.map(
    (it) =>
      `| ${formatDifference(it.difference)} | ${it.before === null ? "new" : formatBytes(it.before)} | ${it.after === null ? "gone" : formatBytes(it.after)} | ${placed(it.line, file)}${inCode(shortened(it.instruction))} |`,
  );
  const sum = rest.reduce((all, it) => all + it.difference, 0);
  return [
    [
      `What moved ${inCode(report.name)}:`,
      "",
      "| Change | Before | Now | Instruction |",
      "|---:|---:|---:|---|",
      ...rows,
      ...(rest.length > 0 ? [`| ${formatDifference(sum)} | | | ${rest.length} more |`] : []),
    ].join("\n"),
  ];
}

function details({ report, file }: SizeResult): string {
  const { lines, waste, base } = report;
  const rows = lines
    .filter((it) => it.bytes > 0 || it.hidden > 0)
    .map(
      (it) =>
        `| ${formatExactBytes(it.bytes)} | ${formatExactBytes(it.files)} | ${placed(it.line, file)}${inCode(shortened(it.instruction))} |`,
    );
  const wasted = waste.map(
    (it) =>
      `- ${formatBytes(it.bytes)} of ${inCode(makerText(it.storedBy, report, file))}, ${it.how} by ${inCode(makerText(it.hiddenBy, report, file))}: ${it.paths.map(inCode).join(", ")}`,
  );
  return [
    `<details><summary>Every instruction of ${html(report.name)}</summary>`,
    "",
    "| Bytes | Files | Instruction |",
    "|---:|---:|---|",
    ...(base
      ? [`| ${formatExactBytes(base.bytes)} | | ${inCode(`FROM ${base.name ?? "the base image"}`)} |`]
      : []),
    ...rows,
    ...(wasted.length > 0 ? ["", "Carried for nothing:", "", ...wasted] : []),
    "",
    "</details>",
  ].join("\n");
}

function placed(line: number | null, file: string | undefined): string {
  const place = placeOf(line, file);
  return place === "" ? "" : `${place} `;
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
