import { expect, test } from "vitest";
import manifest from "../../../package.json" with { type: "json" };

test("the extension runs where the folder is, as the engine is there: WSL, SSH, a dev container", () => {
  expect(manifest.extensionKind).toEqual(["workspace"]);
});

test("a workspace that is not trusted names no engine", () => {
  expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(
    "plimsoll.engine.host",
  );
});

test("every command that needs an engine waits for trust", () => {
  const engine = manifest.contributes.commands.filter((it) => /[eE]ngine$|Image/.test(it.command));
  expect(engine.map((it) => it.command)).toContain("plimsoll.chooseEngine");
  for (const it of engine) expect(it.enablement).toMatch(/\bisWorkspaceTrusted\b/);
});
