// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { describe, expect, test } from "vitest";
import { splitWords } from "../../../../server/src/syntax/compose/words.ts";

describe("a text is split into words", () => {
  test.each([
    ["", []],
    ["  a  b\tc\n d ", ["a", "b", "c", "d"]],
    ["a 'b c' \"d 'e'\"", ["a", "b c", "d 'e'"]],
    ["a '' \"\"", ["a", "", ""]],
    ["a\\ b c\\\\d", ["a b", "c\\d"]],
    ["'a\\b'", ["a\\b"]],
    ["a\\tb \\n", ["a\tb", "\n"]],
    ["x=$(date; true) y", ["x=$(date; true)", "y"]],
    ["a `b c` d", ["a", "`b c`", "d"]],
    ["a#b # c", ["a#b", "#", "c"]],
  ])("%j", (text, words) => {
    expect(splitWords(text)).toEqual({ words, cutAt: undefined });
  });
});

test("nothing is read behind what a shell would read", () => {
  expect(splitWords("a && b")).toEqual({ words: ["a"], cutAt: 2 });
  expect(splitWords("a;b")).toEqual({ words: ["a"], cutAt: 1 });
  expect(splitWords("a 2> b")).toEqual({ words: ["a"], cutAt: 3 });
  expect(splitWords("a x2> b")).toEqual({ words: ["a", "x2"], cutAt: 4 });
  expect(splitWords("a '&&' \"|\" \\;")).toEqual({ words: ["a", "&&", "|", ";"], cutAt: undefined });
});

test("what is left open is refused", () => {
  for (const text of ["a 'b", 'a "b', "a \\", "a `b", "a (b)", "a $(b", "a ) b"])
    expect(splitWords(text).words).toBeUndefined();
});
