import { anchorsIn } from "../../syntax/compose/anchors.ts";
import type { Mention } from "./name.ts";
import type { ComposeSource } from "./sources.ts";

/** `&name` and the aliases that stand for it. One that is set again is another one from there on. */
export function anchorMentions({ path, file }: ComposeSource): readonly Mention[] {
  return anchorsIn(file.text).map((it) => {
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
