import { expect, test } from "vitest";
import { runProgram } from "../../../client/src/programs.ts";

const node = (script: string, options = {}) => runProgram(process.execPath, ["-e", script], options);

test("what it printed, its errors by line, and its status", async () => {
  const lines: string[] = [];
  const ended = await node(
    "process.stderr.write('one\\ntw'); setTimeout(() => { process.stderr.write('o\\n'); console.log(process.env.HERE); process.exitCode = 3 }, 50)",
    { environment: { HERE: "a b" }, onErrorLine: (line: string) => lines.push(line) },
  );
  expect(ended).toEqual({ exitCode: 3, printed: "a b\n", errors: "one\ntwo\n" });
  expect(lines).toEqual(["one", "two"]);
});

test("arguments go to the program as they are", async () => {
  const words = ["a b", "$HOME", "'", '"; rm', "%PATH%"];
  const ended = await runProgram(process.execPath, [
    "-p",
    "JSON.stringify(process.argv.slice(1))",
    "--",
    ...words,
  ]);
  expect(JSON.parse(ended?.printed ?? "")).toEqual(words);
});

test("no such program", async () => {
  expect(await runProgram("/nowhere/plimsoll-none", [])).toBeUndefined();
  expect(await runProgram("plimsoll-none", [])).toBeUndefined();
});

test("what writes without an end is ended, and kept in no memory", async () => {
  const script = "const all = Buffer.alloc(4_000_000); const go = () => process.stdout.write(all, go); go()";
  const ended = await node(script);
  expect(ended).toMatchObject({ printed: "", printedTooMuch: true, exitCode: undefined });
});

test("aborting ends it", async () => {
  const stop = new AbortController();
  const began = performance.now();
  const ending = node("setTimeout(() => {}, 60_000)", { signal: stop.signal });
  setTimeout(() => stop.abort(), 100);
  expect(await ending).toMatchObject({ exitCode: undefined });
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(await node("", { signal: AbortSignal.abort() })).toMatchObject({ exitCode: undefined });
});

test.skipIf(process.platform === "win32")(
  "aborting ends one that does not listen, and does not wait for its children",
  async () => {
    const stop = new AbortController();
    const began = performance.now();
    let listens = () => {};
    const deaf = new Promise<void>((resolve) => {
      listens = resolve;
    });
    const script = "trap '' TERM; sleep 20 & echo deaf >&2; wait; sleep 20";
    const ending = runProgram("sh", ["-c", script], { signal: stop.signal, onErrorLine: () => listens() });
    await deaf;
    stop.abort();
    expect(await ending).toMatchObject({ exitCode: undefined });
    expect(performance.now() - began).toBeLessThan(15_000);
  },
);
