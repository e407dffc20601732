import { expect, test } from "vitest";
import { readFromEnvironment } from "../../../../server/src/syntax/shell/script-variables.ts";
import { mapText } from "../../../../server/src/text/mapped-text.ts";
import { grammarReader, shellReader } from "../../../support/shell.ts";

/** What is read, as it is written; the same whichever way the script is read. */
function read(text: string): string[] {
  const mapped = mapText(text, [{ start: 0, end: text.length }]);
  const [plain, grammar] = [shellReader, grammarReader].map((reader) =>
    readFromEnvironment(
      reader.read(mapped),
      text,
      (start, end) => ({ start, end }),
      () => true,
    ).map((it) => text.slice(it.span.start, it.span.end)),
  );
  expect(grammar).toEqual(plain);
  return plain ?? [];
}

test("in arguments, values, names and redirections", () => {
  expect(read('A=$ONE "$TWO/x" --y="${THREE}" > $FOUR')).toEqual(["$ONE", "$TWO", "${THREE}", "$FOUR"]);
  expect(read("echo ${ONE%.*} ${ONE#v} ${#ONE}")).toEqual(["${ONE%.*}", "${ONE#v}", "${#ONE}"]);
  expect(read('echo "$(cat "$ONE")" `cat $TWO`')).toEqual(["$ONE", "$TWO"]);
  expect(read('[ "$ONE" = x ] && case $TWO in a) echo ;; esac')).toEqual(["$ONE", "$TWO"]);
});

test("nothing that is quoted, special, or in a default", () => {
  expect(read("echo '$ONE' \\$ONE $1 $@ $? $$ ${1} \"'$TWO'\" $")).toEqual(["$TWO"]);
  expect(read("echo ${ONE:-$TWO} $ONE")).toEqual([]);
});

test("the word of a case, but not in a comment, in quotes or in a here-document", () => {
  expect(read("if true; then case $ONE in a) echo ;; esac; fi")).toEqual(["$ONE"]);
  expect(read("# case $ONE in\necho 'case $TWO in '")).toEqual([]);
  expect(read("cat <<'EOF' > x\ncase $ONE in a) echo ;; esac\nEOF\n")).toEqual([]);
  expect(read('case "$ONE" in "") echo ;; esac')).toEqual([]);
  expect(read("a[0]=1\necho ${a[0]}")).toEqual([]);
});

test("nothing that the script sets or asks for", () => {
  for (const set of [
    "X=1",
    "export X=1",
    "read -r X",
    "read Y X",
    "for X in a; do :; done",
    "printf -v X y",
    "unset X",
    "f() { X=1; }",
    "(X=1)",
    "X=1 true",
    ". ./file",
    "source file",
    "eval x",
    "$DO x",
    "[ -z $X ]",
    'test -n "$X"',
    '[ "${X+x}" ]',
    ': "${X:?}"',
    "((X = 1))",
    "echo $((X+1))",
    "while read X; do :; done",
  ])
    expect(read(`${set}\necho $X`), set).toEqual([]);
  expect(read("echo $X (")).toEqual([]);
  expect(read("make X=1 && echo $X")).toEqual(["$X"]);
  expect(read("echo $HOME $PWD $BASH_VERSION $RANDOM")).toEqual([]);
});
