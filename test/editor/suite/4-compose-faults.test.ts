import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { ConfigResult } from "../../../client/src/commands/compose/compose-config.ts";
import type { ComposeResult } from "../../../client/src/commands/compose/with-compose.ts";
import { type BrokenEngine, brokenEngine } from "./broken-engine.ts";
import { fileUri, run, until, write } from "./editor.ts";

const path = "faulty/compose.yaml";
const composeFile = `name: faulty
services:
  api:
    image: alpine:3.24
    init: true
    command: sleep 600
  bare:
    build: bare
`;

async function compose<Result extends { outcome: string } = ComposeResult>(
  command: string,
  answers: object,
  outcome: string,
): Promise<Result> {
  const result = await run<Result>(`compose${command}`, { file: fileUri(path).fsPath, ...answers });
  assert.equal(result.outcome, outcome, JSON.stringify(result, undefined, 2));
  return result;
}

const messageOf = (result: object) => ("message" in result ? String(result.message) : "");

/** The tasks of Compose that run; `logs` and the like are in their definition. */
const tasks = () =>
  vscode.tasks.taskExecutions.filter((one) => one.task.definition["type"] === "plimsoll-compose");

describe("Compose when things go wrong", function () {
  this.timeout(240_000);
  let engine: BrokenEngine;
  const settings = () => vscode.workspace.getConfiguration("plimsoll");
  const program = (value: string | undefined) =>
    settings().update("compose.program", value, vscode.ConfigurationTarget.Global);
  /** A program in the place of Compose. */
  const standIn = async (script: string, mode = 0o755) => {
    const file = await write("faulty/stand-in", `#!/bin/sh\n${script}\n`);
    chmodSync(file.fsPath, mode);
    await program(undefined);
    await program(file.fsPath);
    return file;
  };

  before(async () => {
    await write(path, composeFile);
    await write(
      "faulty/bare/Dockerfile",
      'FROM alpine:3.24 AS busybox\nRUN cp "$(readlink -f /bin/busybox)" /program\nFROM scratch\nCOPY --from=busybox /program /bin/sleep\nSTOPSIGNAL SIGKILL\nCMD ["/bin/sleep", "600"]\n',
    );
    engine = brokenEngine();
    await engine.use();
  });
  after(async () => {
    await program(undefined);
    await engine.dispose();
    for (const one of tasks()) one.terminate();
    await run("composeDown", { file: fileUri(path).fsPath, volumes: true, confirmed: true });
  });

  it("says that nothing is there to be read, or runs, before anything was started", async () => {
    assert.match(messageOf(await compose("Logs", {}, "no-container")), /^faulty has no container yet/);
    const exec = await compose("Exec", { service: "api", command: ["ls"] }, "no-container");
    assert.match(messageOf(exec), /^api of faulty does not run/);
    await compose("Shell", { service: "api" }, "no-container");
  });

  it("an engine that goes away in the middle of an up: how to have it back; then it works", async () => {
    engine.onCall = (call) => {
      if (call === "POST /containers/create") engine.gone();
    };
    const failed = await compose("Up", { services: ["api"] }, "no-engine");
    assert.match(messageOf(failed), /^No Docker Engine at unix:.*there is no such socket/);
    engine.onCall = () => {};
    // Nobody asks while it is away, so that this is what the user asks for next.
    await compose("Down", {}, "no-engine");
    await engine.back();
    await compose("Up", { services: ["api"] }, "done");
  });

  it("while logs are followed: they end, and can be followed again", async () => {
    await compose("Logs", { services: ["api"] }, "started");
    await until("the logs", () => tasks().length === 1);
    engine.gone();
    await until("their end", () => tasks().length === 0);
    await engine.back();
    await compose("Logs", { services: ["api"] }, "started");
    await until("them again", () => tasks().length === 1);
    await until("their end", () => {
      for (const one of tasks()) one.terminate();
      return tasks().length === 0;
    });
  });

  it("a command or a shell that is not there ends by itself", async () => {
    await compose("Up", { services: ["bare"] }, "done");
    for (const [command, answers] of [
      ["Exec", { command: ["no-such-program"] }],
      ["Run", { command: ["no-such-program"] }],
      ["Shell", {}],
    ] as const) {
      await compose(command, { service: "bare", ...answers }, "started");
      await until(`the end of ${command}`, () => tasks().length === 0);
    }
  });

  it("a Compose file with a mistake", async () => {
    const file = (await write("faulty-file/compose.yaml", "services:\n  api: [")).fsPath;
    for (const command of ["composeUp", "composeDown", "composeRestart"]) {
      const result = await run<ComposeResult>(command, { file, services: [] });
      assert.equal(result.outcome, "compose-failed", JSON.stringify(result));
    }
    const config = await run<ConfigResult>("composeConfig", { file });
    assert.match(messageOf(config), /^Compose cannot read compose\.yaml: .*line \d/);
  });

  it("a program that may not be run, is none of Compose, or prints junk", async () => {
    for (const [script, mode] of [
      ["echo 2.40.0", 0o644],
      ["echo Welcome to something else", 0o755],
      ["exit 3", 0o755],
      ["head -c 100000 /dev/urandom", 0o755],
    ] as const) {
      await standIn(script, mode);
      assert.match(messageOf(await compose("Up", { services: [] }, "no-compose")), /runs no Compose here/);
    }
  });

  it("one that fails without a word, is killed, or is gone when it is needed", async () => {
    const version = '[ "$1" = version ] && echo 2.40.0 && exit\n';
    await standIn(`${version}exit 17`);
    assert.equal("exitCode" in (await compose("Up", { services: [] }, "compose-failed")), true);
    const config = await compose<ConfigResult>("Config", {}, "compose-failed");
    assert.match(messageOf(config), /could not read compose\.yaml, and did not say why\. It ended with 17/);

    const file = await standIn(`${version}echo half of it\nkill -9 $$`);
    const killed = await compose<ConfigResult>("Config", {}, "compose-failed");
    assert.match(messageOf(killed), /could not read compose\.yaml, and did not say why\. It was killed/);

    await vscode.workspace.fs.delete(file);
    await compose("Config", {}, "no-compose");
    await compose("Up", { services: [] }, "no-compose");
    await program(undefined);
    await compose("Restart", { services: ["api"] }, "done");
  });
});
