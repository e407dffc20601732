import type { StageState } from "../model/stage/state.ts";
import { code } from "./markdown.ts";
import { sizeText } from "./size-text.ts";

/** `a file of 1.2 kB that belongs to node:node`: what is known of a path, in a line. */
export function fileText(path: string, state: StageState): string {
  const kind = state.fileAt(path)?.kind;
  const size = state.sizeOf(path);
  const owner = state.ownerOf(path);
  const what = kind === "file" ? "a file" : kind === "directory" ? "a directory" : "a file or directory";
  const weight = kind === "file" && size !== undefined ? ` of ${sizeText(size)}` : "";
  const whose = owner.known
    ? ` that belongs to ${code([owner.value.user, owner.value.group].filter(Boolean).join(":"))}`
    : "";
  return `${what}${weight}${whose}`;
}
