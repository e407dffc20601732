import { describe, expect, test } from "vitest";
import { mapText } from "../../../server/src/text/mapped-text.ts";

const document = "RUN a \\\n # c\n  bc \\\nd";
const whole = mapText(document, [
  { start: 0, end: 6 },
  { start: 13, end: 18 },
  { start: 20, end: 21 },
]);

describe("text put together from slices", () => {
  test("knows where each character came from", () => {
    expect(whole.text).toBe("RUN a   bc d");
    for (let at = 0; at < whole.text.length; at++) expect(document[whole.toSource(at)]).toBe(whole.text[at]);
    expect(whole.toSource(whole.text.length)).toBe(document.length);
  });

  test("gives ranges that span what was left out, and do not end behind it", () => {
    expect(whole.spanOf(4, 10)).toEqual({ start: 4, end: 17 });
    expect(whole.spanOf(0, 6)).toEqual({ start: 0, end: 6 });
    expect(whole.spanOf(6, 6)).toEqual({ start: 13, end: 13 });
  });

  test("can be cut, and cut again", () => {
    const part = whole.slice(4).slice(4, 6);
    expect(part.text).toBe("bc");
    expect(part.toSource(0)).toBe(15);
    expect(part.toSource(2)).toBe(17);
    expect(part.spanOf(0, 2)).toEqual({ start: 15, end: 17 });
    expect(part.slice(1, 1).toSource(0)).toBe(16);
  });

  test("of one slice is the same without detour", () => {
    const one = mapText(document, [{ start: 4, end: 8 }]);
    expect(one.text).toBe("a \\\n");
    expect(one.toSource(1)).toBe(5);
    expect(one.toSource(99)).toBe(8);
    expect(one.slice(1, 3).spanOf(0, 2)).toEqual({ start: 5, end: 7 });
  });

  test("of nothing is empty", () => {
    expect(mapText(document, []).text).toBe("");
    expect(mapText(document, []).spanOf(0, 0)).toEqual({ start: 0, end: 0 });
  });
});
