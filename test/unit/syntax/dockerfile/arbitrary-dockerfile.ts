import fc from "fast-check";

/** Pieces that, put together at random, reach the corners of the grammar far more often than random letters do. */
const pieces = [
  "FROM", "RUN", "COPY", "ADD", "ENV", "ARG", "LABEL", "ONBUILD", "HEALTHCHECK", "CMD", "SHELL", "EXPOSE", "VOLUME", "bogus",
  " ", " ", " ", "  ", "\t", "\n", "\n", "\n", "\r\n", "\r", "\\", "\\", "\\\n", "`", "`\n", "#", "# ", "# escape=`\n", "# syntax=x\n",
  "\ufeff", "\u00a0", "\u0085", "\u2028", "😀", "é", "\ud800", "\0",
  "--", "--mount=", "--from=a", "--x", "type=cache,target=/x", "=", ",", "a", "b=c", "/x", ":", "alpine:3.22", "AS",
  '"', "'", "[", "]", '["a", "b"]', '["a"] c', "{", "}", "$", "${", "${a", "$a", ":-", "%", "##", "//", "/",
  "<<", "<<-", "<<EOF", "3<<EOF", "<<'E F'", "EOF", "\nEOF\n", "NONE", "30s",
]; // biome-ignore format: a list to skim

export const dockerfileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((it) => it.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);

/** A realistic file with a few random cuts, insertions and swaps. */
export function mutated(original: string): fc.Arbitrary<string> {
  const mutation = fc.tuple(fc.nat(original.length), fc.nat(12), fc.constantFrom("", ...pieces));
  return fc.array(mutation, { minLength: 1, maxLength: 6 }).map((mutations) => {
    let text = original;
    for (const [at, length, piece] of mutations) text = text.slice(0, at) + piece + text.slice(at + length);
    return text;
  });
}
