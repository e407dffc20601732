import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { contentSpan } from "../syntax/compose/scalar-span.ts";
import type { ComposeFile, YamlNode } from "../syntax/compose/tree.ts";
import type { Flag, Instruction } from "../syntax/dockerfile/tree.ts";
import { contains, type Span } from "../text/span.ts";

/** Spans around an offset of a Compose file, each in the next: word, value, entry, mapping and so on up to the file. */
export function selectionInCompose(file: ComposeFile, offset: number): readonly Span[] {
  const spans: Span[] = [{ start: 0, end: file.text.length }];
  let node: YamlNode | undefined = file.root;
  while (node && !node.viaAlias && contains(node.span, offset)) {
    spans.push(node.span);
    let next: YamlNode | undefined;
    if (node.kind === "scalar") {
      const content = contentSpan(file.text, node);
      if (content) spans.push(content);
    } else if (node.kind === "sequence") next = node.items.find((it) => contains(it.span, offset));
    else {
      const { span } = node;
      const entry = [...node.entries, ...node.merges].find(
        (it) => contains(it.span, offset) && it.span.start >= span.start && it.span.end <= span.end,
      );
      if (entry) spans.push(entry.span);
      next = entry && contains(entry.key.span, offset) ? entry.key : entry?.value;
    }
    node = next;
  }
  return nested([...spans, ...wordAt(file.text, offset)], offset);
}

/** The same of a Dockerfile: word, flag or pair, what is behind the keyword, instruction, stage, file. */
export function selectionInDockerfile({ file, stages }: DockerfileModel, offset: number): readonly Span[] {
  const spans: Span[] = [{ start: 0, end: file.text.length }];
  const stage = stages.findLast((it) => it.from.span.start <= offset);
  if (stage)
    spans.push({ start: stage.from.span.start, end: (stage.instructions.at(-1) ?? stage.from).span.end });
  const instruction = file.instructions.find((it) => contains(it.span, offset));
  if (instruction) spans.push(...partsOf(instruction));
  const comment = file.comments.find((it) => contains(it.span, offset));
  if (comment) spans.push(comment.span);
  return nested([...spans, ...wordAt(file.text, offset)], offset);
}

function partsOf(instruction: Instruction): readonly Span[] {
  const { span, keyword, body, rest, flags, words, pairs, hereDocuments, inner } = instruction;
  return [
    span,
    keyword,
    body.spanOf(0, body.text.length),
    rest.spanOf(0, rest.text.length),
    ...flags.flatMap(flagParts),
    ...words.flatMap((it) => [it.span, withoutQuotes(it.span, it.raw)]),
    ...pairs.flatMap((it) => [
      it.span,
      it.name.span,
      ...(it.value ? [it.value.span, withoutQuotes(it.value.span, it.value.raw)] : []),
    ]),
    ...hereDocuments.map((it) => it.content),
    ...(inner ? partsOf(inner) : []),
  ];
}

function flagParts({ span, valueSpan, fields }: Flag): readonly Span[] {
  const parts = [span, valueSpan, ...fields.flatMap((it) => [it.span, it.valueSpan])];
  return parts.flatMap((it) => it ?? []);
}

function withoutQuotes(span: Span, raw: string): Span {
  return /^(?:".*"|'.*')$/s.test(raw) ? { start: span.start + 1, end: span.end - 1 } : span;
}

/** The name around an offset, as it is written in addresses, paths and images. */
function wordAt(text: string, offset: number): readonly Span[] {
  let start = offset;
  let end = offset;
  while (/[\w-]/.test(text[start - 1] ?? "")) start--;
  while (/[\w-]/.test(text[end] ?? "")) end++;
  return start < end ? [{ start, end }] : [];
}

/** The shortest first; what holds the offset and not the one before it is left out. */
function nested(spans: readonly Span[], offset: number): readonly Span[] {
  const found: Span[] = [];
  const sorted = spans
    .filter((it) => contains(it, offset) && it.start < it.end)
    .toSorted((a, b) => a.end - a.start - (b.end - b.start));
  for (const it of sorted) {
    const last = found.at(-1);
    const isLarger =
      !last || (it.start <= last.start && last.end <= it.end && it.end - it.start > last.end - last.start);
    if (isLarger) found.push(it);
  }
  return found.length > 0 ? found : spans.slice(0, 1);
}
