import { describe, expect, test } from "vitest";
import type { Command, Script } from "../../../../server/src/syntax/shell/script.ts";
import { mapText } from "../../../../server/src/text/mapped-text.ts";
import { grammarReader, shellReader } from "../../../support/shell.ts";

describe.each([
  ["the server's reader", shellReader],
  ["the grammar alone", grammarReader],
])("%s", (_, reader) => {
  const read = (text: string): Script => reader.read(mapText(text, [{ start: 0, end: text.length }]));

  test("more here-documents in one line than anybody writes are not read; in a long script they are", () => {
    const names = Array.from({ length: 150 }, (_, index) => `E${index}`);
    const bodies = names.map((it) => `a\n${it}\n`).join("");
    expect(read(`cat ${names.map((it) => `<<${it}`).join(" \\\n  ")}\n${bodies}`).complete).toBe(false);
    const script = read(names.map((it) => `cat <<${it} > /${it}\na\n${it}\n`).join(""));
    expect([script.complete, script.commands.length]).toEqual([true, 150]);
  });

  test.each<[string, string[]]>([
    ["a && b || c; d", ["a may fail", "&& b may fail", "|| c conditional", "; d"]],
    ["a | b && c", ["a may fail, subshell", "| b subshell", "&& c"]],
    ["a && b > x 2>&1 | c", ["a", "&& b >x >&1 may fail, subshell", "| c subshell"]],
    ["a || exit 1; b", ["a", "|| exit 1 conditional", "; b"]],
    ["[ -f x ] && rm x; b", ["[ -f x ]", "&& rm x conditional", "; b"]],
    ["[ -f x ] && rm x", ["[ -f x ]", "&& rm x"]],
    ["if a; then b; c; else d; fi", ["a may fail", "b conditional", "; c conditional", "d conditional"]],
    ["for i in $(ls); do x $i; done", ["ls may fail, subshell", "x $i conditional"]],
    ["while read l; do a; done < f", ["read l may fail", "a conditional", "<f"]],
    ["case $x in a) b;; *) c;; esac", ["b conditional", "c conditional"]],
    ["(a; b) && c", ["a subshell", "; b subshell", "&& c"]],
    ["{ a; b; } > /x", ["a", "; b", ">/x"]],
    ["a & b", ["a background", "; b"]],
    ["! a", ["a may fail"]],
    ["A=1 B='x y' cmd -x", ["A=1 B='x y' cmd -x"]],
    ['A=1 env B="$C" D= cmd -x E=1', ['A=1 B="$C" D= cmd -x E=1']],
    ["/usr/bin/env cmd && env && env A=1", ["cmd", "&& env", "&& env A=1"]],
    ["env -i A=1 cmd; env -u A cmd", ["env -i A=1 cmd", "; env -u A cmd"]],
    ['env "A=1" cmd; env A=1 $X; env A=1 -i', ['env "A=1" cmd', "; env A=1 $X", "; env A=1 -i"]],
    [
      'x=$(foo "$(bar)") && y',
      ['x=$(foo "$(bar)")', 'foo "$(bar)" may fail, subshell', "bar may fail, subshell", "&& y"],
    ],
    ["export A=1 && [[ $A == 1 ]]", ["export A=1", "&& [[ $A == 1 ]]"]],
    [
      "wget -qO - 2>/dev/null x | tar xz -",
      ["wget -qO - x >/dev/null may fail, subshell", "| tar xz - subshell"],
    ],
    ["cat <<E > /x && b\nhi $(c)\nE\nd", ["cat <<E >/x", "&& b", "c may fail, subshell", "; d"]],
    ["apt install a=${V}\\* b=$W\\+1\\* c", ["apt install a=${V}\\* b=$W\\+1\\* c"]],
    ["apt install curl \\ git && \\ make \\ ; ls", ["apt install curl \\ git", "&& \\ make \\ ", "; ls"]],
    ['cp \\  a "b"\\ c $d\\ e > f', ['cp \\  a "b"\\ c $d\\ e >f']],
    ["# only\n", []],
    ["", []],
  ])("%j", (text, commands) => {
    const script = read(text);
    expect(script.commands.map(brief)).toEqual(commands);
    expect(script.complete).toBe(true);
  });

  test("a function's body may run, and its name is told", () => {
    const script = read("f() { a; }; f");
    expect(script.commands.map(brief)).toEqual(["a conditional", "; f"]);
    expect(script.functions).toEqual(["f"]);
  });

  test.each(["if a; then", "a 'b", "for i in 1; do"])("%j cannot be read to the end", (text) => {
    expect(read(text).complete).toBe(false);
  });

  test("words: values, variables, quotes", () => {
    const words = read(`x plain 'q $r' "d $X" "\\$x" a\\ b \${Y:-$Z}/s *.c '*' {} a{b,c} $(z) \\; 5 ~/x`)
      .commands[0]?.arguments;
    expect(words?.map((it) => [it.raw, it.literal, it.variables.join()])).toEqual([
      ["plain", "plain", ""],
      ["'q $r'", "q $r", ""],
      ['"d $X"', undefined, "X"],
      ['"\\$x"', "$x", ""],
      ["a\\ b", "a b", ""],
      [`\${Y:-$Z}/s`, undefined, "Y,Z"],
      ["*.c", undefined, ""],
      ["'*'", "*", ""],
      ["{}", "{}", ""],
      ["a{b,c}", undefined, ""],
      ["$(z)", undefined, ""],
      ["\\;", ";", ""],
      ["5", "5", ""],
      ["~/x", undefined, ""],
    ]);
  });

  test("spans are the document's, through continuations and behind characters of two units", () => {
    const text = "RUN é𝄞 'ü' && \\\n    go build \\\n  -o /x $(é y)";
    const script = reader.read(
      mapText(text, [
        { start: 4, end: text.indexOf("\\") },
        { start: text.indexOf("\\") + 2, end: text.indexOf("\\", 20) },
        { start: text.indexOf("-o"), end: text.length },
      ]),
    );
    const slice = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    expect(script.commands.map((it) => slice(it.span))).toEqual([
      "é𝄞 'ü'",
      "go build \\\n  -o /x $(é y)",
      "é y",
    ]);
    for (const { name, arguments: words } of script.commands)
      for (const word of [name, ...words]) expect(word && slice(word.span)).toBe(word?.raw);
  });

  test("the same script at another place", () => {
    const at = (start: number) => {
      const text = `${" ".repeat(start)}apk add $(x)`;
      return reader.read(mapText(text, [{ start, end: text.length }])).commands.map((it) => it.span.start);
    };
    expect([at(0), at(7), at(0)]).toEqual([
      [0, 8 + 2],
      [7, 15 + 2],
      [0, 8 + 2],
    ]);
  });

  test("a list may be as long as it likes", () => {
    const { commands, complete } = read(`if a; then b${" && c".repeat(10_000)}; fi`);
    expect([commands.length, complete]).toEqual([10_002, true]);
  });

  test("what is nested too deep is passed over, and the script is not complete", () => {
    for (const text of [
      `echo ${"$(echo ".repeat(3_000)}x${")".repeat(3_000)}`,
      `${"if a; then ".repeat(3_000)}b${"; fi".repeat(3_000)}`,
    ]) {
      const { commands, complete } = read(text);
      expect(complete).toBe(false);
      expect(commands.length).toBeGreaterThan(0);
    }
  });
});

function brief(command: Command): string {
  const marks = [
    command.conditional && "conditional",
    command.mayFail && "may fail",
    command.background && "background",
    command.subshell && "subshell",
  ].filter(Boolean);
  const words = [
    command.after === "first" ? "" : command.after,
    ...command.assignments.map((it) => `${it.name}=${it.value?.raw ?? ""}`),
    command.name?.raw ?? "",
    ...command.arguments.map((it) => it.raw),
    ...command.redirections.map((it) => it.operator + (it.target?.raw ?? "")),
    marks.join(", "),
  ];
  return words.filter(Boolean).join(" ");
}
