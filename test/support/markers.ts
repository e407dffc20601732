import type { Span } from "../../server/src/text/span.ts";

export interface Marked {
  readonly text: string;
  readonly expected: readonly { readonly span: Span; readonly label: string }[];
}

/**
 * Takes a fixture apart. A line of carets and a label, `   ^^^^ rule-id` or `^^^ rule-id: message`, marks those columns
 * of the line above; several such lines may follow each other. They are cut out before the text is parsed, so one can
 * stand where a comment would not, inside a here-document or behind a continued line for instance.
 */
export function readMarkers(fixture: string): Marked {
  const expected: { span: Span; label: string }[] = [];
  let text = "";
  let lineStart = 0;
  for (const line of fixture.split(/(?<=\n)/)) {
    const marker = /^( *)(\^+) (\S.*)\n?$/.exec(line);
    if (marker) {
      const [, gap = "", carets = "", label = ""] = marker;
      const start = lineStart + gap.length;
      expected.push({ span: { start, end: start + carets.length }, label });
    } else {
      lineStart = text.length;
      text += line;
    }
  }
  return { text, expected };
}
