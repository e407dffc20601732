import { type AnchorMark, anchorMarksIn, anchorsOf } from "../../syntax/compose/anchors.ts";
import type { NamesInService } from "./in-services.ts";
import type { Mention } from "./name.ts";
import type { ComposeSource } from "./sources.ts";

/** `&name` and the aliases that stand for it. One that is set again is another one from there on. */
export function anchorMentions(
  { path, file }: ComposeSource,
  services: readonly NamesInService[],
): readonly Mention[] {
  return anchorsOf(marksIn(file.text, services)).map((it) => {
    const anchor = it.kind === "anchor" ? it : it.anchor;
    return {
      kind: "anchor",
      role: it.kind === "anchor" ? "declaration" : "use",
      place: { text: it.name, span: it.span, rewrite: "name" },
      file: path,
      scope: `${path}#${anchor?.span.start ?? ""}`,
    };
  });
}

/** Those of the services, and what stands before, between and behind them. */
function marksIn(text: string, services: readonly NamesInService[]): readonly AnchorMark[] {
  const marks: AnchorMark[] = [];
  let end = 0;
  for (const { span, anchors } of services) {
    if (!anchors) return anchorMarksIn(text, { start: 0, end: text.length });
    marks.push(...anchorMarksIn(text, { start: end, end: span.start }), ...anchors);
    end = span.end;
  }
  return [...marks, ...anchorMarksIn(text, { start: end, end: text.length })];
}
