import { expect, test } from "vitest";
import {
  callsOf,
  entriesOf,
  expressionOf,
  isMade,
  literalValue,
} from "../../../../server/src/syntax/program/calls.ts";
import { type Language, readProgram } from "../../../../server/src/syntax/program/program.ts";

const LISTEN = /\b\w+\.listen(?=\s*\()/g;

function made(text: string, language: Language = "javascript", name = LISTEN): boolean[] {
  return callsOf(readProgram(text, language), name).map((it) => isMade(it));
}

test("comments and what is in strings are blanked, and every offset stays", () => {
  const script = `const a = "// no"; // yes\n/* x */ const b = /["'{]/;\nconst c = \`{\n\`;`;
  const { code, bare } = readProgram(script, "javascript");
  expect(code).toBe(`const a = "// no";       \n        const b = /["'{]/;\nconst c = \`{\n\`;`);
  expect(bare).toBe(`const a = "     ";       \n        const b = /     /;\nconst c = \` \n\`;`);
  expect(readProgram(`x = """a\n# b"""  # c\ny = '#'`, "python").code).toBe(`x =     \n           \ny = '#'`);
  expect(readProgram('a := `\\`\nb := "x" // c', "go").code).toBe('a := `\\`\nb := "x"     ');
  expect(readProgram(`puts "#{a}" # b`, "ruby").code).toBe(`puts "#{a}"    `);
  expect(readProgram(`fn f<'a>(x: &'a str) {} // "`, "rust").code).toBe(`fn f<'a>(x: &'a str) {}     `);
  for (const text of ["'", '"', "`", "/*", "//", '"""', "/"])
    for (const language of ["python", "javascript", "go", "rust", "ruby"] as const)
      expect(readProgram(text, language).code.length).toBe(text.length);
});

test("arguments, by place and by name", () => {
  const program = readProgram(
    `app.listen({ port: 3000, host: "a,b", ...more }, () => { f(1, 2); });`,
    "javascript",
  );
  const [call] = callsOf(program, LISTEN);
  expect(call?.arguments.map((it) => it.text)).toEqual([
    `{ port: 3000, host: "a,b", ...more }`,
    "() => { f(1, 2); }",
  ]);
  expect(call?.arguments[0] && entriesOf(program, call.arguments[0])).toBeUndefined();
  const python = readProgram(`app.run(host="::1", port = 80, *more)`, "python");
  expect(callsOf(python, /\bapp\.run(?=\()/g)[0]?.arguments.map((it) => [it.name, it.text])).toEqual([
    ["host", `"::1"`],
    ["port", "80"],
    [undefined, "*more"],
  ]);
  expect(callsOf(readProgram("app.listen(3000", "javascript"), LISTEN)[0]?.arguments).toEqual([]);
});

test("a call is made at the top, and in functions that are called", () => {
  expect(made("app.listen(1);")).toEqual([true]);
  expect(made("const server = app.listen(1)")).toEqual([true]);
  expect(made("async function start() {\n  await app.listen(1);\n}\nstart();")).toEqual([true]);
  expect(made("const start = async () => {\n  app.listen(1);\n};\nstart();")).toEqual([true]);
  expect(made("connect().then(() => {\n  app.listen(1);\n});")).toEqual([true]);
  expect(made("if (require.main === module) {\n  app.listen(1);\n}")).toEqual([true]);
});

test("and not in branches, loops, handlers, and functions that nobody calls", () => {
  for (const text of [
    "if (a) { app.listen(1); }",
    "if (\n  a &&\n  b\n) {\n  app.listen(1);\n}",
    "if (a) {} else { app.listen(1); }",
    "if (a) app.listen(1);",
    "a && app.listen(1);",
    "const s = a ? app.listen(1) : undefined;",
    "for (const a of b) { app.listen(1); }",
    "connect().catch(() => { app.listen(1); });",
    "function start() { app.listen(1); }",
    "const start = () => { app.listen(1); };\nmodule.exports = { other };",
  ])
    expect(made(text), text).toEqual([false]);
});

test("in Python by what it is indented below", () => {
  const run = /\bapp\.run(?=\()/g;
  for (const text of [
    "app.run()",
    'if __name__ == "__main__":\n    app.run()',
    "def main():\n    with a:\n        app.run()\n\nmain()",
    "async def main():\n    app.run()\n\nasyncio.run(main())",
  ])
    expect(made(text, "python", run), text).toEqual([true]);
  for (const text of [
    "if a:\n    app.run()",
    "if a: app.run()",
    "def main():\n    app.run()",
    'if __name__ == "__main__":\n    if a:\n        b()\n    else:\n        app.run()',
    "try:\n    a()\nexcept E:\n    app.run()",
  ])
    expect(made(text, "python", run), text).toEqual([false]);
});

test("values of names that are given one", () => {
  const value = (text: string, name: string, language: Language = "javascript") =>
    literalValue(readProgram(text, language), name);
  expect(value("const host = 'localhost', port = 3000;", "host")).toBe("localhost");
  expect(value("const host = 'localhost', port = 3000;", "port")).toBe("3000");
  expect(value('let host: string = "::"', "host")).toBe("::");
  expect(value('const addr = ":80"', "addr", "go")).toBe(":80");
  expect(value('addr := ":80"\n', "addr", "go")).toBe(":80");
  expect(value('HOST = "a"  # b', "HOST", "python")).toBe("a");
  expect(value("", '"x"')).toBe("x");
  expect(value("host = 'a'; host = 'b'", "host")).toBeUndefined();
  expect(value("const host = process.env.HOST || 'a'", "host")).toBeUndefined();
  expect(value("const x = { host: 1 }; y.host = 'a'", "host")).toBeUndefined();
  expect(value("if (host == 'a') {}", "host")).toBeUndefined();
  expect(value("", "a.b")).toBeUndefined();
  expect(expressionOf(readProgram("let a = f((1, 2), [3]);", "rust"), "a")).toBe("f((1, 2), [3])");
});

test("long texts cost no more than their length", () => {
  const start = performance.now();
  for (const text of ["(".repeat(50_000), "{".repeat(50_000), "a.listen(".repeat(3000), "'\\".repeat(50_000)])
    for (const language of ["python", "javascript"] as const)
      for (const call of callsOf(readProgram(text, language), LISTEN).slice(0, 50)) isMade(call);
  expect(performance.now() - start).toBeLessThan(4000);
});
