import { expect, test } from "vitest";
import { compilerMessages } from "../../../client/src/builds/compiler-messages.ts";

/** Each message as `tool file:line:column severity code message`. */
function said(log: string): readonly string[] {
  return compilerMessages(log).map(
    ({ tool, file, line, column, severity, code, message }) =>
      `${tool} ${file}:${line}:${column ?? "-"} ${severity} ${code ?? "-"} ${message}`,
  );
}

test("go build, go vet, go test, a missing package", () => {
  expect(
    said(`go: downloading github.com/a/b v1.2.3
# example.com/api/internal/store
internal/store/store.go:12:5: undefined: pgx
internal/store/store.go:14:2: too many errors
vet: ./main.go:3:2: "os" imported and not used
main.go:7:2: no required module provides package github.com/x/y; to add it:
	go get github.com/x/y
--- FAIL: TestX (0.00s)
    store_test.go:21: want 1, have 2
goroutine 1 [running]:
	/src/main.go:12 +0x1d
12:30:05.123 listening on localhost:8080`),
  ).toEqual([
    "go internal/store/store.go:12:5 error - undefined: pgx",
    "go internal/store/store.go:14:2 error - too many errors",
    'go ./main.go:3:2 error - "os" imported and not used',
    "go main.go:7:2 error - no required module provides package github.com/x/y; to add it:",
    "go store_test.go:21:- error - want 1, have 2",
  ]);
});

test("cargo", () => {
  expect(
    said(`   Compiling api v0.1.0 (/src)
warning: unused variable: \`x\`
 --> src/lib.rs:2:9
  |
2 |     let x = 1;
error[E0425]: cannot find value \`y\` in this scope
  --> src/main.rs:4:20
   |
note: it is here
  --> src/other.rs:1:1`),
  ).toEqual([
    "rustc src/lib.rs:2:9 warning - unused variable: `x`",
    "rustc src/main.rs:4:20 error E0425 cannot find value `y` in this scope",
  ]);
});

test("tsc, plain and pretty", () => {
  expect(
    said(`src/a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.
src/b.tsx:7:11 - error TS7006: Parameter 'x' implicitly has an 'any' type.
Found 2 errors.`),
  ).toEqual([
    "tsc src/a.ts:3:5 error TS2322 Type 'string' is not assignable to type 'number'.",
    "tsc src/b.tsx:7:11 error TS7006 Parameter 'x' implicitly has an 'any' type.",
  ]);
});

test("gcc and clang", () => {
  expect(
    said(`In file included from src/main.c:1:
src/util.h:3:10: fatal error: nope.h: No such file or directory
src/main.c:8:3: warning: implicit declaration of function 'f' [-Wimplicit-function-declaration]
src/main.c:9:3: note: it is here
make: *** [Makefile:4: all] Error 1`),
  ).toEqual([
    "gcc src/util.h:3:10 error - nope.h: No such file or directory",
    "gcc src/main.c:8:3 warning implicit-function-declaration implicit declaration of function 'f'",
  ]);
});

test("javac, Maven, dotnet", () => {
  expect(
    said(`src/Main.java:5: error: ';' expected
[ERROR] /app/src/main/java/App.java:[5,3] cannot find symbol
[ERROR]   symbol: class Foo
/src/Api/Program.cs(3,5): error CS0103: The name 'x' does not exist in the current context [/src/Api/Api.csproj]`),
  ).toEqual([
    "javac src/Main.java:5:- error - ';' expected",
    "javac /app/src/main/java/App.java:5:3 error - cannot find symbol",
    "dotnet /src/Api/Program.cs:3:5 error CS0103 The name 'x' does not exist in the current context",
  ]);
});

test("eslint", () => {
  expect(
    said(`
/app/src/a.js
  3:5   error    'x' is not defined  no-undef
  4:1   warning  Unexpected console statement  no-console

✖ 2 problems (1 error, 1 warning)`),
  ).toEqual([
    "eslint /app/src/a.js:3:5 error no-undef 'x' is not defined",
    "eslint /app/src/a.js:4:1 warning no-console Unexpected console statement",
  ]);
});

test("a Python traceback: its frames, innermost first, of which one counts", () => {
  const log = `Traceback (most recent call last):
  File "/app/manage.py", line 22, in <module>
    main()
  File "/app/app/settings.py", line 7, in load
    import nope
  File "/usr/lib/python3.13/importlib/__init__.py", line 88, in import_module
    return _bootstrap(name)
ModuleNotFoundError: No module named 'nope'
`;
  expect(said(log)).toEqual([
    "python /usr/lib/python3.13/importlib/__init__.py:88:- error - ModuleNotFoundError: No module named 'nope'",
    "python /app/app/settings.py:7:- error - ModuleNotFoundError: No module named 'nope'",
    "python /app/manage.py:22:- error - ModuleNotFoundError: No module named 'nope'",
  ]);
  expect(new Set(compilerMessages(log).map((it) => it.oneOf)).size).toBe(1);
});

test("each once; nothing in what is no message; never without end", () => {
  expect(said("main.c:1:1: error: a\nmain.c:1:1: error: a\n")).toHaveLength(1);
  expect(
    said(
      "Get:1 http://deb.debian.org/debian bookworm InRelease\n2026-11-26 12:00:01: error: no\nfetch https://a.b/c.d:443: x",
    ),
  ).toEqual([]);
  const many = Array.from({ length: 5000 }, (_, at) => `a.c:${at + 1}:1: error: no`).join("\n");
  expect(said(many)).toHaveLength(200);
  const started = performance.now();
  said(`${"a".repeat(200_000)}\n${"a/".repeat(100_000)}.c:1\n${" ".repeat(100_000)}x`);
  expect(performance.now() - started).toBeLessThan(2000);
});
