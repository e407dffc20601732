import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import type { ReporterResult } from "../../../client/src/commands/choose-reporter.ts";
import { open, run, untilFindings, write } from "./editor.ts";

const extension = "exiasr.hadolint";
const file = "other-linters/Dockerfile";
const setting = (name: string) => vscode.workspace.getConfiguration().inspect(name)?.globalValue;

describe("beside another linter", () => {
  after(() => run("chooseReporter", { extension, reporter: "both" }));

  it("leaves to it what it reports too", async () => {
    await write(file, "FROM alpine:3.24\nMAINTAINER Ada\nUSER 1000\n");
    const document = await open(file);
    await untilFindings(document.uri, ["maintainer-deprecated"]);

    const result = await run<ReporterResult>("chooseReporter", { extension, reporter: "other" });
    assert.equal(result.outcome, "chosen");
    await untilFindings(document.uri, []);
    assert.deepEqual((setting("plimsoll.rules") as Record<string, string>)["DL4000"], "off");
  });

  it("takes over, by the other one's own settings", async () => {
    const document = await open(file);
    await run<ReporterResult>("chooseReporter", { extension, reporter: "plimsoll" });
    await untilFindings(document.uri, ["maintainer-deprecated"]);
    const options = setting("hadolint.cliOptions") as string[];
    assert.equal(options[options.indexOf("DL4000") - 1], "--ignore");
    assert.deepEqual(setting("plimsoll.rules"), {});
  });

  it("lets both speak, and leaves the settings as they were", async () => {
    await run<ReporterResult>("chooseReporter", { extension, reporter: "both" });
    assert.deepEqual(setting("hadolint.cliOptions"), ["--no-color"]);
    assert.deepEqual(setting("plimsoll.rules"), {});
  });
});
