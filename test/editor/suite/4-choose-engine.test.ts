import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import type { CheckResult } from "../../../client/src/commands/check-engine.ts";
import type { ChooseEngineAnswers } from "../../../client/src/commands/choose-engine.ts";
import { run } from "./editor.ts";

const { DOCKER_HOST = "" } = process.env;

/** Who named the engine that answers; what the command ended with when none does. */
async function named(result: Thenable<CheckResult>): Promise<string> {
  const it = await result;
  return it.outcome === "connected" ? it.addressFrom : it.outcome;
}

const choose = (engine: ChooseEngineAnswers["engine"]) => named(run("chooseEngine", { engine }));
const check = () => named(run("checkEngine"));

describe("choosing an engine", function () {
  this.timeout(120_000);
  const settings = () => vscode.workspace.getConfiguration("plimsoll");
  const dockerConfig = path.join(homedir(), ".docker/config.json");
  const hadConfig = existsSync(dockerConfig);
  after(async () => {
    await settings().update("engine.host", undefined, vscode.ConfigurationTarget.Global);
    await run("chooseEngine", { engine: "automatic" });
  });

  it("takes the one that was chosen from then on, and the one that is found again", async () => {
    assert.equal(await choose({ by: "address", address: DOCKER_HOST }), "chosen");
    assert.equal(await check(), "chosen");
    assert.equal(await choose({ by: "environment" }), "DOCKER_HOST");
    assert.equal(await choose("automatic"), "DOCKER_HOST");
    assert.equal(await check(), "DOCKER_HOST");
  });

  it("keeps one that does not answer just now, and says what to do", async () => {
    const missing = await run<CheckResult>("chooseEngine", {
      engine: { by: "address", address: "unix:///nowhere/docker.sock" },
    });
    assert.equal(missing.outcome, "no-engine");
    assert.match(missing.outcome === "no-engine" ? missing.message : "", /\/nowhere\/docker\.sock/);
    assert.equal(await check(), "no-engine");
    assert.equal(await choose({ by: "context", name: "there-is-none" }), "failed");
    assert.equal(await choose("automatic"), "DOCKER_HOST");
  });

  it("lets the setting decide when that is changed later", async () => {
    assert.equal(await choose({ by: "environment" }), "DOCKER_HOST");
    await settings().update("engine.host", DOCKER_HOST, vscode.ConfigurationTarget.Global);
    assert.equal(await check(), "plimsoll.engine.host");
    assert.equal(await choose({ by: "environment" }), "DOCKER_HOST");
  });

  it("never writes Docker's own configuration", () => {
    assert.equal(existsSync(dockerConfig), hadConfig);
  });
});
