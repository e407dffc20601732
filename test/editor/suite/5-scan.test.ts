import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { ScanResult } from "../../../client/src/commands/images/scan-image.ts";
import type { TagResult } from "../../../client/src/commands/images/tag-image.ts";
import { brokenEngine } from "./broken-engine.ts";
import { codeOf, fileUri, open, ours, run, write } from "./editor.ts";

/**
 * Stands in for Trivy, which cannot be had on every machine: it asks the engine in DOCKER_HOST for the image's layers, and reports in
 * Trivy's format a package of the first and one of the last of them.
 */
const trivy = `
const http = require("node:http");
const socketPath = process.env.DOCKER_HOST.replace("unix://", "");
const get = (path) => new Promise((resolve, reject) =>
  http.get({ socketPath, path }, (answer) => {
    let text = "";
    answer.on("data", (it) => { text += it; }).on("end", () => resolve(JSON.parse(text)));
  }).on("error", reject));
(async () => {
  const image = process.argv.at(-1);
  if (image === "scanned:schema") return console.log(JSON.stringify({ SchemaVersion: 3, Results: [] }));
  if (image === "scanned:half") {
    console.log('{"SchemaVersion":2,"Results":[{"Target":"scanned:ha');
    process.exit(1);
  }
  if (image === "scanned:mute") process.exit(2);
  if (image === "scanned:broken") {
    console.error("2026-11-26T10:00:01Z\\tFATAL\\tFatal error\\timage scan error: no space left");
    process.exit(1);
  }
  await get("/scanner/begins").catch((error) => {
    console.error("2026-11-26T10:00:01Z\\tFATAL\\tFatal error\\timage scan error: " + error.code);
    process.exit(1);
  });
  console.error("2026-11-26T10:00:00Z\\tINFO\\t[vulndb] Downloading vulnerability DB...");
  // As a setting of the user's may have it where something was found.
  if (image === "scanned:status") process.exitCode = 5;
  const { RootFS } = await get("/images/" + image + "/json");
  const rows = (await get("/images/" + image + "/history")).reverse();
  const history = rows.map((it) => ({
    created_by: it.CreatedBy,
    comment: it.Comment,
    ...(!/^(RUN|COPY|ADD|WORKDIR)|ADD |COPY /.test(it.CreatedBy) && { empty_layer: true }),
  }));
  const finding = (id, pkg, severity, layer, fix) => ({
    VulnerabilityID: id, PkgName: pkg, InstalledVersion: "1.0", Severity: severity, Title: "something bad",
    PrimaryURL: "https://avd.aquasec.com/nvd/" + id.toLowerCase(), Layer: { DiffID: layer }, ...(fix && { FixedVersion: fix }),
  });
  const [first, last] = [RootFS.Layers[0], RootFS.Layers.at(-1)];
  console.log(JSON.stringify({
    SchemaVersion: 2, ArtifactName: image, ArtifactType: "container_image",
    Metadata: { ImageConfig: { history, rootfs: { type: "layers", diff_ids: RootFS.Layers } } },
    Results: [{ Target: image, Class: "os-pkgs", Vulnerabilities: [
      finding("CVE-2026-1", "busybox", "HIGH", first, "1.1"),
      finding("CVE-2026-2", "busybox", "LOW", first),
      finding("CVE-2026-3", "left-pad", "CRITICAL", last),
    ] }],
  }));
})();
`;

const dockerfile = "scanned/Dockerfile";

describe("Scan Image", function () {
  this.timeout(180_000);
  const settings = () => vscode.workspace.getConfiguration("plimsoll");
  const file = () => fileUri(dockerfile);
  const found = () =>
    ours(file())
      .filter((it) => codeOf(it).startsWith("CVE-"))
      .map((it) => `${it.range.start.line + 1} ${codeOf(it)} ${it.message.split("\n")[0]}`);
  const build = async () => {
    const built = await run<BuildResult>("buildImage", { dockerfile: file().fsPath, tag: "scanned:1" });
    assert.equal(built.outcome, "built", JSON.stringify(built));
  };
  const scan = async (answers: object, outcome: string) => {
    const result = await run<ScanResult>("scanImage", answers);
    assert.equal(result.outcome, outcome, JSON.stringify(result, undefined, 2));
    return result;
  };

  before(async () => {
    await write(
      dockerfile,
      "# what is scanned\nFROM alpine:3.24\nENV A=1\nRUN echo a >/a\nCOPY package.json /\nUSER 1000\n",
    );
    await write("scanned/package.json", "{}");
    const script = await write("scanned/trivy.js", trivy);
    const program = await write(
      "scanned/trivy",
      `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec "${process.execPath}" "${script.fsPath}" "$@"\n`,
    );
    chmodSync(program.fsPath, 0o755);
    await build();
    await open(dockerfile);
  });
  after(async () => {
    await settings().update("scan.program", undefined, vscode.ConfigurationTarget.Global);
    await settings().update("scan.severity", undefined, vscode.ConfigurationTarget.Global);
  });

  it("says what to install where there is no scanner", async () => {
    await settings().update("scan.program", "/nowhere/trivy", vscode.ConfigurationTarget.Global);
    const result = await scan({ image: "scanned:1" }, "no-scanner");
    assert.match("message" in result ? result.message : "", /“\/nowhere\/trivy” cannot be run/);
  });

  it("shows what the base and what an instruction brought, on their lines", async () => {
    await settings().update(
      "scan.program",
      fileUri("scanned/trivy").fsPath,
      vscode.ConfigurationTarget.Global,
    );
    const result = await scan({ dockerfile: file().fsPath }, "scanned");
    assert.deepEqual("counts" in result && result.counts, { critical: 1, high: 1 });
    assert.deepEqual(found(), [
      "2 CVE-2026-1 busybox 1.0 of the base image has a known vulnerability, high: fixed in 1.1.",
      "5 CVE-2026-3 left-pad 1.0, which this line brings, has a known vulnerability, critical: not fixed yet.",
    ]);
    const [diagnostic] = ours(file()).filter((it) => codeOf(it) === "CVE-2026-1");
    const { code } = diagnostic ?? {};
    assert.equal(
      typeof code === "object" && code.target.toString(),
      "https://avd.aquasec.com/nvd/cve-2026-1",
    );
  });

  it("shows less severe ones when the setting says so", async () => {
    await settings().update("scan.severity", "low", vscode.ConfigurationTarget.Global);
    await scan({ image: "scanned:1" }, "scanned");
    assert.match(found()[0] ?? "", /has 2 known vulnerabilities, the worst high: fixed in 1\.1/);
  });

  it("forgets them at the next build", async () => {
    await build();
    assert.deepEqual(found(), []);
  });

  it("says in the scanner's words why it failed, and keeps nothing of before", async () => {
    await scan({ image: "scanned:1" }, "scanned");
    const tag = await run<BuildResult>("buildImage", { dockerfile: file().fsPath, tag: "scanned:broken" });
    assert.equal(tag.outcome, "built");
    const result = await scan({ image: "scanned:broken" }, "scan-failed");
    assert.match(
      "message" in result ? result.message : "",
      /Trivy could not scan scanned:broken: image scan error: no space left/,
    );
    assert.deepEqual(found(), []);
  });

  it("says what is wrong with a report that cannot be read, and takes one that comes with a status", async () => {
    const messages = {
      schema: /^Trivy wrote a report of scanned:schema of schema version 3, and Plimsoll reads version 2/,
      half: /^Trivy wrote something about scanned:half that is no whole report/,
      mute: /^Trivy ended without a report of scanned:mute\. Run it in a terminal/,
    };
    for (const [name, message] of Object.entries(messages)) {
      const tag = await run<TagResult>("tagImage", { image: "scanned:1", tag: `scanned:${name}` });
      assert.equal(tag.outcome, "tagged", JSON.stringify(tag));
      const result = await scan({ image: `scanned:${name}` }, "scan-failed");
      assert.match("message" in result ? result.message : "", message);
    }
    await run<TagResult>("tagImage", { image: "scanned:1", tag: "scanned:status" });
    await scan({ image: "scanned:status" }, "scanned");
    for (const name of [...Object.keys(messages), "status"])
      await run("removeImage", { image: `scanned:${name}`, confirmed: true });
  });

  it("where the engine goes away meanwhile, says how to have it back; then it works", async () => {
    const engine = brokenEngine();
    await engine.use();
    // What only the scanner asks.
    engine.onCall = (call) => {
      if (call === "GET /scanner/begins") engine.gone();
    };
    const gone = await scan({ image: "scanned:1" }, "no-engine");
    assert.match("message" in gone ? gone.message : "", /^No Docker Engine at unix:/);
    engine.onCall = () => {};
    await engine.back();
    await scan({ image: "scanned:1" }, "scanned");
    await engine.dispose();
  });

  it("a scanner that may not be run counts as none", async () => {
    const file = await write("scanned/no-program-trivy", "#!/bin/sh\n");
    await settings().update("scan.program", file.fsPath, vscode.ConfigurationTarget.Global);
    const result = await scan({ image: "scanned:1" }, "no-scanner");
    assert.match("message" in result ? result.message : "", /no-program-trivy” cannot be run/);
    await settings().update(
      "scan.program",
      fileUri("scanned/trivy").fsPath,
      vscode.ConfigurationTarget.Global,
    );
  });

  it("does not look elsewhere for an image that is not here", async () => {
    const result = await scan({ image: "scanned:none" }, "failed");
    assert.match("message" in result ? result.message : "", /scanned:none/);
  });
});
