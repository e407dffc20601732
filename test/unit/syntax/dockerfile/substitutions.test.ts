import fc from "fast-check";
import { expect, test } from "vitest";
import { expandWord } from "../../../../server/src/syntax/dockerfile/expand.ts";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";

/** What quotes and substitutions are made of; no blank and no comment, as each word is one of WORKDIR. */
const PIECES = ["a", "B_1", "9", "/", "$", "${", "}", "'", '"', "\\", "`", ":-", "?", "%", "é"];

const words = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 })
  .map((it) => it.join(""))
  // The escape at its end would continue the line.
  .filter((it) => !/[\\`]$/.test(it));

test.each(["\\", "`"])(
  "words that are taken for correct at a glance are so, with the escape %s",
  (escapeCharacter) => {
    fc.assert(
      fc.property(words, (word) => {
        const { problems } = parseDockerfile(`# escape=${escapeCharacter}\nFROM a\nWORKDIR ${word}\n`);
        const { error } = expandWord(word, () => "x", escapeCharacter);
        expect(problems.map((it) => it.code)).toEqual(error ? [error.code] : []);
      }),
      { numRuns: 2_000 },
    );
  },
);
