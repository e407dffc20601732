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

function commentFolds({ comments, lines, text }: Dockerfile): Fold[] {
  return foldComments(
    comments.map(({ span }) => ({
      line: lines.lineAt(span.start),
      text: text.slice(span.start, span.end).trim(),
    })),
  );
}

/** Comments on lines that follow each other, and `# region` to `# endregion`, which stand alone. */
function foldComments(comments: readonly { readonly line: number; readonly text: string }[]): Fold[] {
  const folds: Fold[] = [];
  const regions: number[] = [];
  let start: number | undefined;
  let last = 0;
  const close = () => {
    if (start !== undefined && last > start) folds.push({ startLine: start, endLine: last, kind: "comment" });
    start = undefined;
  };
  for (const { line, text } of comments) {
    const mark = /^#\s*(?:#?(end)?region)\b/.exec(text);
    if (mark) {
      close();
      const opened = mark[1] ? regions.pop() : undefined;
      if (!mark[1]) regions.push(line);
      else if (opened !== undefined) folds.push(region(opened, line));
      continue;
    }
    if (start === undefined || line !== last + 1) {
      close();
      start = line;
    }
    last = line;
  }
  close();
  return folds;
}

/** Every mapping entry and list entry of several lines, comments of several lines, and what `# region` marks. */
export function composeFolds({ text, root, lines }: ComposeFile): Fold[] {
  const blocks = root ? [...blockTexts(root)].toSorted((a, b) => a.start - b.start) : [];
  let block = 0;
  const comments = [...text.matchAll(/^[ \t]*#.*$/gm)].flatMap(({ 0: line, index }) => {
    const start = index + line.indexOf("#");
    // In a text of several lines `#` is a letter like any other.
    while ((blocks[block]?.end ?? start) < start) block++;
    if ((blocks[block]?.start ?? start) < start) return [];
    return [{ line: lines.lineAt(start), text: line.trim() }];
  });
  return [...(root ? nodeFolds(root, lines) : []), ...foldComments(comments)];
}

function* blockTexts(node: YamlNode): Generator<YamlNode["span"]> {
  if (node.viaAlias) return;
  if (node.kind === "sequence") for (const it of node.items) yield* blockTexts(it);
  else if (node.kind === "mapping") {
    for (const { value } of node.entries) if (value) yield* blockTexts(value);
  } else if (node.style !== "plain") yield node.span;
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
