import type { ShellWord } from "../../../syntax/shell/script.ts";
import { replace } from "../../../text/edit.ts";
import type { Fix } from "../../rule.ts";

/** The fix that writes another name in the place of a path's last part; none where quotes or escapes stand in the word. */
export function replaceLastPart({ raw, literal, span }: ShellWord, name: string): readonly Fix[] {
  if (raw !== literal || span.end - span.start !== raw.length || !/^[\w.+@-]+$/.test(name)) return [];
  const start = span.start + raw.lastIndexOf("/") + 1;
  return [
    { kind: "unsafe", title: `Replace with ${name}`, edits: [replace({ start, end: span.end }, name)] },
  ];
}
