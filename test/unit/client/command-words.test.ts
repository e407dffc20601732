import { describe, expect, test } from "vitest";
import { commandWords, writtenCommand } from "../../../client/src/shared/command-words.ts";

describe("a command as it is typed", () => {
  test.each([
    ["", []],
    ["  a  b ", ["a", "b"]],
    [`sh -c "a b 'c'"`, ["sh", "-c", "a b 'c'"]],
    [`a'b c'd`, ["ab cd"]],
    [`'' ""`, ["", ""]],
    [`a\\ b "c\\"d" "e\\f" 'g\\h'`, ["a b", 'c"d', "e\\f", "g\\h"]],
    [`["sh", "-c", "a b"]`, ["sh", "-c", "a b"]],
    ["[]", []],
    ["[ -f x ]", ["[", "-f", "x", "]"]],
    ["$HOME/*", ["$HOME/*"]],
  ])("%j", (text, words) => {
    expect(commandWords(text)).toEqual(words);
  });

  test("a quote that is not closed", () => {
    expect(commandWords(`a "b`)).toBeUndefined();
    expect(commandWords("a 'b")).toBeUndefined();
  });

  test("what is written is read again", () => {
    for (const words of [[], ["a", "b c", "", "d'e", 'f"g', "h\\i", "[", "$x", "ż", "\n"]])
      expect(commandWords(writtenCommand(words))).toEqual(words);
  });
});
