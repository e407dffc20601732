import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { ConfigResult } from "../../../client/src/commands/compose/compose-config.ts";
import type { ComposeServiceResult } from "../../../client/src/commands/compose/compose-service.ts";
import type { ComposeResult } from "../../../client/src/commands/compose/with-compose.ts";
import { fileUri, lenses, open, run, until, write } from "./editor.ts";

const composeFile = `name: shop
services:
  api:
    image: alpine:3.24
    init: true
    command: sleep 600
    environment:
      GREETING: \${GREETING}
      DB_PASSWORD: \${DB_PASSWORD}
      DATABASE_URL: postgres://shop:\${DB_PASSWORD}@db/shop
    ports: ["127.0.0.1::8080"]
    volumes: [data:/data]
    healthcheck:
      test: ["CMD", "test", "-e", "/data/ready"]
      interval: 500ms
      retries: 2
  job:
    image: alpine:3.24
    command: sh -c "exit 3"
  tools:
    image: alpine:3.24
    profiles: [tools]
    command: sleep 600
    init: true
volumes:
  data:
`;

const path = "shop/compose.yaml";

async function compose<Result extends { outcome: string } = ComposeResult>(
  command: string,
  answers: object,
  outcome: string,
): Promise<Result> {
  const result = await run<Result>(`compose${command}`, { file: fileUri(path).fsPath, ...answers });
  assert.equal(result.outcome, outcome, JSON.stringify(result, undefined, 2));
  return result;
}

/** Waits until the lenses of a line of a file are these. */
async function untilLenses(line: string, expected: RegExp, text = composeFile, file = path): Promise<void> {
  let last = "";
  const number = text.split("\n").findIndex((it) => it.trim() === line) + 1;
  await until(`${expected} above ${line}`, async () => {
    const all = await lenses(fileUri(file));
    last = all
      .filter((it) => it.startsWith(`${number}: `))
      .map((it) => it.replace(/^\d+: /, ""))
      .join(" | ");
    return expected.test(last);
  }).catch((error: Error) => {
    throw new Error(`${error.message}; there is: ${last}`);
  });
}

describe("Compose", function () {
  this.timeout(180_000);
  const settings = () => vscode.workspace.getConfiguration("plimsoll");

  before(async () => {
    await write(path, composeFile);
    await write("shop/compose.override.yaml", "services:\n  job:\n    labels: { from: override }\n");
    await write("shop/.env", "DB_PASSWORD=hush4711\n");
  });
  after(async () => {
    await settings().update("compose.program", undefined, vscode.ConfigurationTarget.Global);
    await run("composeDown", {
      file: fileUri(path).fsPath,
      volumes: true,
      confirmed: true,
      profiles: ["tools"],
    });
  });

  it("shows the resolved file, override and variables in it, secrets not", async () => {
    const { text } = await compose<Extract<ConfigResult, { outcome: "shown" }>>("Config", {}, "shown");
    assert.match(text, /from: override/);
    assert.match(text, /^# The "GREETING" variable is not set/m);
    assert.match(text, /DB_PASSWORD: •••/);
    assert.match(text, /postgres:\/\/shop:•••@db\/shop/);
    assert.ok(!text.includes("hush4711"));
    assert.equal(vscode.window.activeTextEditor?.document.getText(), text);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, "yaml");
  });

  it("has lenses with the state of what is not there yet", async () => {
    await open(path);
    await untilLenses("api:", /^not created \| Up$/);
    await untilLenses("name: shop", /^0 of 3 running \| Up$/);
  });

  it("brings it up, and shows how each service is as the engine tells", async () => {
    await compose("Up", { services: [], profiles: [] }, "done");
    await untilLenses("api:", /^unhealthy \d+→8080 \| Stop \| Logs \| Shell$/);
    await untilLenses("job:", /^exited 3 \| Up \| Logs$/);
    await untilLenses("tools:", /^not created \| Up$/);
    await untilLenses("name: shop", /^1 of 3 running \| Up \| Down \| Logs$/);
  });

  it("runs a command in it", async () => {
    await compose("Exec", { service: "api", command: ["touch", "/data/ready"] }, "started");
    await untilLenses("api:", /^healthy /);
  });

  it("runs a command in a new container, which is no replica of the service", async () => {
    await compose("Run", { service: "api", command: ["rm", "/data/ready"] }, "started");
    await untilLenses("api:", /^unhealthy /);
  });

  it("brings up a service of a profile by its name", async () => {
    await compose("Up", { services: ["tools"] }, "done");
    await untilLenses("tools:", /^running \| Stop \| Logs \| Shell$/);
  });

  it("stops, starts and restarts", async () => {
    await compose("Stop", { services: ["api"] }, "done");
    await untilLenses("api:", /^exited \d+ \| Up \| Logs$/);
    await compose("Start", { services: ["api"] }, "done");
    await compose("Restart", { services: ["api"] }, "done");
    await untilLenses("api:", /^(starting|unhealthy) /);
  });

  it("follows logs and opens a shell in terminals", async () => {
    await compose("Logs", { services: ["job"] }, "started");
    await compose("Shell", { service: "api" }, "started");
    const names = () => vscode.window.terminals.map((it) => it.name).join(", ");
    await until("terminals", () => /logs job/.test(names()) && /shell api/.test(names()));
    for (const it of vscode.tasks.taskExecutions) it.terminate();
  });

  it("tells how services are", async () => {
    type Told = Extract<ComposeServiceResult, { outcome: "told" }>;
    const { states } = await compose<Told>("Service", { pick: false }, "told");
    assert.equal(states["job"]?.condition, "exited");
    assert.equal(states["api"]?.ports[0]?.container, 8080);
  });

  it("says when Compose fails, and why in its terminal", async () => {
    const bad = await write(
      "shop-bad/compose.yaml",
      "services:\n  api:\n    image: nowhere.invalid/none:1\n    pull_policy: never\n",
    );
    const result = await run<ComposeResult>("composeUp", { file: bad.fsPath, services: [] });
    assert.equal(result.outcome, "compose-failed", JSON.stringify(result));
    const config = await write("shop-bad/compose.yaml", "services:\n  api:\n    imag: x\n");
    const shown = await run<ConfigResult>("composeConfig", { file: config.fsPath });
    assert.equal(shown.outcome, "compose-failed");
    assert.match("message" in shown ? shown.message : "", /compose\.yaml: .*imag/);
  });

  it("does not watch where nothing says what", () => compose("Watch", {}, "cancelled").then(() => undefined));

  it("watches where a service says what, and builds before", async () => {
    await write("watched/Dockerfile", 'FROM alpine:3.24\nCOPY page /page\nCMD ["sleep", "600"]\n');
    await write("watched/page", "one");
    const file = await write(
      "watched/compose.yaml",
      "services:\n  web:\n    build: .\n    init: true\n    develop:\n      watch:\n        - { action: sync, path: ./page, target: /page }\n",
    );
    await open("watched/compose.yaml");
    await until("the lens", async () => (await lenses(file)).some((it) => it.endsWith(": Watch")));
    const state = async () => {
      const told = await run<ComposeServiceResult>("composeService", { file: file.fsPath, pick: false });
      return told.outcome === "told" ? told.states["web"]?.condition : told.outcome;
    };
    const result = await run<ComposeResult>("composeWatch", { file: file.fsPath });
    assert.equal(result.outcome, "started", JSON.stringify(result));
    await until("a running service", async () => (await state()) === "running", 90_000);
    // What `exec` writes is on its terminal, so the container says by ending what it holds.
    await write("watched/page", "two");
    await until("what was edited, in the container", async () => {
      const command = ["sh", "-c", "grep -q two /page && kill -TERM 1"];
      await run<ComposeResult>("composeExec", { file: file.fsPath, service: "web", command });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return (await state()) === "exited";
    });
    for (const it of vscode.tasks.taskExecutions) it.terminate();
    const down = await run<ComposeResult>("composeDown", { file: file.fsPath });
    assert.equal(down.outcome, "done", JSON.stringify(down));
  });

  it("takes it down, volumes too when that is confirmed", async () => {
    await compose("Down", { volumes: true, confirmed: true }, "done");
    await untilLenses("tools:", /^not created \| Up$/);
    await untilLenses("api:", /^not created \| Up$/);
    await untilLenses("name: shop", /^0 of 3 running \| Up$/);
  });

  it("knows no state without an engine, and says so when asked for more", async () => {
    await open(path);
    await settings().update("engine.host", "unix:///nowhere/docker.sock", vscode.ConfigurationTarget.Global);
    await untilLenses("api:", /^Up$/);
    await untilLenses("name: shop", /^Up \| Down \| Logs$/);
    await compose("Up", { services: [] }, "no-engine");
    // The file alone is enough for this.
    await compose("Config", {}, "shown");
    await settings().update("engine.host", undefined, vscode.ConfigurationTarget.Global);
    await open(path);
    await untilLenses("api:", /^not created \| Up$/);
  });

  it("says what to install where there is no Compose", async () => {
    await settings().update("compose.program", "/nowhere/docker-compose", vscode.ConfigurationTarget.Global);
    const result = await compose("Up", { services: [] }, "no-compose");
    assert.match("message" in result ? result.message : "", /“\/nowhere\/docker-compose” runs no Compose/);
  });

  it("takes the program that the settings name, with the file where it is not a default one", async () => {
    const log = fileUri("shop/calls.log").fsPath;
    const program = await write(
      "shop/my compose",
      `#!/bin/sh\n[ "$1" = version ] && echo 1.29.2 && exit\nprintf '%s|' "$@" >>'${log}'\necho "$DOCKER_HOST" >>'${log}'\n`,
    );
    chmodSync(program.fsPath, 0o755);
    await settings().update("compose.program", program.fsPath, vscode.ConfigurationTarget.Global);
    const other = await write("shop/compose.dev.yaml", composeFile);
    const up = { file: other.fsPath, services: [], profiles: ["tools"], build: true };
    const result = await run<ComposeResult>("composeUp", up);
    assert.equal(result.outcome, "done", JSON.stringify(result));
    const calls = new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri("shop/calls.log")));
    assert.match(calls, /^--file\|.*compose\.dev\.yaml\|--profile\|tools\|up\|--detach\|--build\|unix:\/\//);
  });
});

describe("A Compose project of several files", function () {
  this.timeout(180_000);
  const files = {
    "several/compose.yaml":
      "include: [part/compose.yaml]\nservices:\n  front:\n    image: alpine:3.24\n    depends_on: [part]\n",
    "several/part/compose.yaml":
      "services:\n  part:\n    image: alpine:3.24\n    init: true\n    command: sleep 600\n  extra:\n    image: alpine:3.24\n    profiles: [extra]\n",
    "several/.env": "COMPOSE_PROJECT_NAME=of-several\nCOMPOSE_PROFILES=extra\n",
  };
  const included = "several/part/compose.yaml";
  const lensesIn = (file: keyof typeof files, line: string, expected: RegExp) =>
    untilLenses(line, expected, files[file], file);

  before(async () => {
    for (const [name, text] of Object.entries(files)) await write(name, text);
  });
  after(async () => {
    await run("composeDown", { file: fileUri(included).fsPath, volumes: true, confirmed: true });
  });

  it("has the services of an included file, which act in the project that includes it", async () => {
    await open("several/compose.yaml");
    await lensesIn("several/compose.yaml", "include: [part/compose.yaml]", /^0 of 3 running \| Up$/);
    await open(included);
    await lensesIn(included, "part:", /^not created \| Up$/);
    const answers = { file: fileUri(included).fsPath };
    const up = await run<ComposeResult>("composeUp", { ...answers, services: ["part"] });
    assert.deepEqual(up, { outcome: "done", profiles: ["extra"] });
    await lensesIn(included, "part:", /^running \| Stop \| Logs \| Shell$/);
    await lensesIn(included, "extra:", /^not created \| Up$/);
    const told = await run<Extract<ComposeServiceResult, { outcome: "told" }>>("composeService", {
      file: fileUri("several/compose.yaml").fsPath,
      pick: false,
    });
    assert.deepEqual(
      Object.entries(told.states).map(([name, it]) => `${name} ${it.condition}`),
      ["front not-created", "part running", "extra not-created"],
    );
  });
});
