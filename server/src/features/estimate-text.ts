import { counted } from "../text/counted.ts";
import { code } from "./markdown.ts";
import { sizeText } from "./size-text.ts";
import type { MissingParts, StageEstimate } from "./stage-estimate.ts";

/** `~ 92 MB on disk before it is built: 8.3 MB of … and 84 MB in 12 files; 3 RUN lines are not counted.` as Markdown. */
export function estimateText({ bytes, base, files, missing }: StageEstimate): string {
  const origin = base.origin === "" ? "" : ` (${base.origin})`;
  const parts = [
    ...(base.bytes > 0 ? [`${sizeText(base.bytes)} of ${code(base.name)}${origin}`] : []),
    ...(files.files > 0
      ? [`${sizeText(files.bytes)} in ${counted(files.files, "file")} that COPY and ADD bring`]
      : []),
  ];
  const left = missingTexts(missing);
  const without = left.length === 0 ? "" : `; not counted: ${left.join(", ")}`;
  return `**~ ${sizeText(bytes)}** on disk, estimated before it is built: ${parts.join(" and ")}${without}.`;
}

function missingTexts({ runs, fromStages, downloads, archives }: MissingParts): readonly string[] {
  return [
    ...(runs > 0 ? [counted(runs, "RUN line")] : []),
    ...(fromStages > 0 ? ["files of other stages and images"] : []),
    ...(downloads > 0 ? ["downloads"] : []),
    ...(archives > 0 ? ["archives that ADD unpacks"] : []),
  ];
}
