import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { at, only, problemsIn, raws, shown } from "./shown.ts";

describe("exec form", () => {
  test("is a JSON array of strings, blanks and escapes in them kept", () => {
    const text = 'CMD [ "a b" ,"c\\td","\\u00e9\\"\\\\" , "" ]\n';
    const command = only(text);
    expect(command.exec && raws(command.exec)).toEqual(["a b", "c\td", 'é"\\', ""]);
    expect(command.words).toBe(command.exec);
    expect(command.exec?.map((it) => at(text, it.span))).toEqual([
      '"a b"',
      '"c\\td"',
      '"\\u00e9\\"\\\\"',
      '""',
    ]);
  });

  test("can be empty", () => {
    expect(only("CMD []").exec).toEqual([]);
    expect(only("CMD [ ]").exec).toEqual([]);
  });

  test("can stand on several lines and behind flags", () => {
    const text = 'COPY --from=b \\\n  ["a x", \\\n # c\n "b"]\n';
    expect(shown(text)).toEqual(['(copy ["--from=b"] "a x" "b")']);
    expect(only(text).exec?.map((it) => at(text, it.span))).toEqual(['"a x"', '"b"']);
  });

  test.each([
    ["text behind the array", 'CMD ["a"] # c'],
    ["single quotes", "CMD ['a']"],
    ["an escape that JSON does not have", 'CMD ["c:\\x"]'],
    ["a comma too much", 'CMD ["a",]'],
    ["no closing bracket", 'CMD ["a", "b"'],
    ["no closing quote", 'CMD ["a]'],
    ["a control character in a string", 'CMD ["a\tb"]'],
    ["an array of nothing readable", "CMD [a, b]"],
    ["no comma between", 'CMD ["a" "b"]'],
    ["a number no float holds", "CMD [1e999]"],
  ])("is shell form with %s", (_, text) => {
    const command = only(text);
    expect(command.exec).toBeUndefined();
    expect(raws(command.words)).toEqual([text.slice(4)]);
  });

  test("half a surrogate pair is replaced, as Go does", () => {
    expect(raws(only('CMD ["\\ud83d"]').words)).toEqual(["\ufffd"]);
    expect(raws(only('CMD ["\\ud83d\\ude00"]').words)).toEqual(["😀"]);
  });

  test("on instructions that have none it is ordinary text", () => {
    expect(only('USER ["a"]').exec).toBeUndefined();
    expect(raws(only('EXPOSE ["80"]').words)).toEqual(['["80"]']);
    expect(raws(only('ENTRYPOINT ["a"]').words)).toEqual(["a"]);
    expect(raws(only('VOLUME ["/a b", "/c"]').words)).toEqual(["/a b", "/c"]);
  });

  test("on COPY and ADD text that is no array is words", () => {
    expect(raws(only('ADD ["a", b] /c').words)).toEqual(['["a",', "b]", "/c"]);
  });

  test("behind HEALTHCHECK CMD and ONBUILD", () => {
    const check = only('HEALTHCHECK --retries=1 CMD ["a b", "c"]');
    expect(raws(check.words)).toEqual(["CMD", "a b", "c"]);
    expect(check.exec && raws(check.exec)).toEqual(["a b", "c"]);
    expect(check.inner?.name).toBe("CMD");
    expect(check.inner?.exec && raws(check.inner.exec)).toEqual(["a b", "c"]);
    expect(raws(only('ONBUILD RUN ["a"]').inner?.exec ?? [])).toEqual(["a"]);
  });
});

describe("shell form", () => {
  test("is one word", () => {
    const text = "RUN  a  'b c' \\\n && d  \n";
    expect(raws(only(text).words)).toEqual(["a  'b c'  && d"]);
    expect(only(text).words.map((it) => at(text, it.span))).toEqual(["a  'b c' \\\n && d"]);
    expect(raws(only("HEALTHCHECK CMD a  b").words)).toEqual(["CMD", "a  b"]);
    expect(only("RUN").words).toEqual([]);
  });
});

describe("problems of exec form", () => {
  test("elements that are no strings are refused", () => {
    expect(problemsIn('FROM a\nRUN [1]\nCMD [null]\nCOPY [["a"]]\n')).toEqual([
      "exec-form-not-strings: [1]",
      "exec-form-not-strings: [null]",
      'exec-form-not-strings: [["a"]]',
    ]);
    expect(problemsIn("FROM a\nONBUILD RUN [1]\n")).toEqual(["exec-form-not-strings: [1]"]);
  });

  test("SHELL takes nothing else", () => {
    expect(problemsIn('FROM a\nSHELL ["sh", "-c"]\nSHELL sh -c\nSHELL []\n')).toEqual([
      "shell-not-json: sh -c",
      "missing-arguments: SHELL",
    ]);
  });

  test("nothing else is one", () => {
    const text = "FROM a\nCMD []\nENTRYPOINT []\nCMD [a]\nRUN [ -f x ] && y\n";
    expect(problemsIn(text)).toEqual([]);
    expect(parseDockerfile(text).instructions).toHaveLength(5);
  });
});
