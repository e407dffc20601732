import type { Dockerfile, Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Span } from "../../../text/span.ts";

/**
 * Backslashes in an instruction that end a path of Windows (`C:\`, `C:\app\`) at the end of a line, and with that join the next
 * line to it.
 */
export function joiningBackslashes(file: Dockerfile, instruction: Instruction): readonly Span[] {
  const { startLine, endLine, hereDocuments } = instruction;
  if (startLine === endLine || file.escape !== "\\" || hereDocuments.length > 0) return NONE;
  const spans: Span[] = [];
  for (let line = startLine; line < endLine; line++) {
    const end = file.lines.endOf(line);
    const text = file.text.slice(Math.max(file.lines.startOf(line), end - LONGEST), end);
    const written = text.trimEnd();
    if (!PATH.test(written)) continue;
    const at = end - (text.length - written.length);
    spans.push({ start: at - 1, end: at });
  }
  return spans;
}

const NONE: readonly never[] = [];

/** Longer than paths of Windows are. */
const LONGEST = 300;

/** Blanks in front of the last backslash make it a sign of its own. */
const PATH = /(?:^|[\s"'=])[A-Za-z]:\\(?:[\w.-]+\\)*$/;
