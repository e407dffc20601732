import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { ComposeFile, YamlNode } from "../syntax/compose/tree.ts";
import type { Dockerfile } from "../syntax/dockerfile/tree.ts";
import type { LineIndex } from "../text/line-index.ts";

/** Lines that can be folded into the first; 0-based, both included, `endLine` greater than `startLine`. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: "region" | "comment";
}

/** Stages, instructions of several lines, here-documents, and comments of several lines. */
export function dockerfileFolds({ file, stages }: DockerfileModel): Fold[] {
  const folds = [
    ...stages.map((stage) => region(stage.from.startLine, (stage.instructions.at(-1) ?? stage.from).endLine)),
    ...file.instructions.map((it) => region(it.startLine, it.endLine)),
    ...file.instructions.flatMap((instruction) =>
      instruction.hereDocuments.length > 1
        ? instruction.hereDocuments.map(({ content }) =>
            region(
              file.lines.lineAt(content.start),
              file.lines.lineAt(Math.max(content.start, content.end - 1)),
            ),
          )
        : [],
    ),
    ...commentFolds(file),
  ];
  const seen = new Set<string>();
  return folds.filter(({ startLine, endLine }) => {
    const place = `${startLine}-${endLine}`;
    return endLine > startLine && !seen.has(place) && seen.add(place);
  });
}

function region(startLine: number, endLine: number): Fold {
  return { startLine, endLine, kind: "region" };
}

function commentFolds({ comments, lines }: Dockerfile): Fold[] {
  const folds: Fold[] = [];
  let start = -1;
  let last = -1;
  for (const comment of comments) {
    const line = lines.lineAt(comment.span.start);
    if (line !== last + 1 || start < 0) {
      if (last > start && start >= 0) folds.push({ startLine: start, endLine: last, kind: "comment" });
      start = line;
    }
    last = line;
  }
  if (last > start && start >= 0) folds.push({ startLine: start, endLine: last, kind: "comment" });
  return folds;
}

/** Every mapping entry and list entry of several lines. */
export function composeFolds({ root, lines }: ComposeFile): Fold[] {
  return root ? nodeFolds(root, lines) : [];
}

function nodeFolds(node: YamlNode, lines: LineIndex): Fold[] {
  if (node.viaAlias || node.kind === "scalar") return [];
  const parts =
    node.kind === "mapping"
      ? node.entries.map((it) => ({ span: it.span, value: it.value }))
      : node.items.map((it) => ({ span: it.span, value: it }));
  return parts.flatMap(({ span, value }) => {
    const fold = region(lines.lineAt(span.start), lines.lineAt(Math.max(span.start, span.end - 1)));
    return [...(fold.endLine > fold.startLine ? [fold] : []), ...(value ? nodeFolds(value, lines) : [])];
  });
}
