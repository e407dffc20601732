import type { BuildContext } from "../context/build-context.ts";
import type { FileContent } from "./state.ts";

/** Bytes, in UTF-8 for a here-document; undefined where its variables decide, and where the context does not tell. */
export function sizeOfContent(content: FileContent, context: BuildContext | undefined): number | undefined {
  if (content === "empty") return 0;
  if ("contextPath" in content) return context?.size?.(content.contextPath);
  const { text, expand } = content;
  return expand && /[$\\]/.test(text.text) ? undefined : new TextEncoder().encode(text.text).length;
}
