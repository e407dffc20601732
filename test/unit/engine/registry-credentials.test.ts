import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { credentialsOf } from "../../../client/src/engine/registry/registry-credentials.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** What is found for a host with this `config.json`, and what was told. */
async function found(config: string | object, host: string) {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  vi.stubEnv("DOCKER_CONFIG", temporaryFolder({ "config.json": text }));
  onTestFinished(() => void vi.unstubAllEnvs());
  const notes: string[] = [];
  return { login: await credentialsOf(host, (it) => notes.push(it)), notes };
}

test.each([
  ["registry-1.docker.io", { "https://index.docker.io/v1/": { auth: base64("me:a:b") } }],
  ["docker.io", { "https://index.docker.io/v1/": { auth: base64("me:a:b\0\0") } }],
  ["ghcr.io", { "other.test": {}, "https://ghcr.io": { auth: base64("me:a:b") } }],
  ["reg.test:5000", { "http://reg.test:5000/v2/": { username: "me", password: "a:b" } }],
])("the login for %s", async (host, auths) => {
  expect(await found({ auths }, host)).toEqual({ login: { username: "me", password: "a:b" }, notes: [] });
});

test("a token instead of a password", async () => {
  const { login } = await found(
    { auths: { "ghcr.io": { auth: base64("x:"), identitytoken: "tok" } } },
    "ghcr.io",
  );
  expect(login).toEqual({ identityToken: "tok" });
});

test("none: another registry, an empty entry, no file, a broken one", async () => {
  expect(await found({ auths: { "ghcr.io": { auth: base64("a:b") } } }, "ghcr.io.evil.test")).toEqual({
    notes: [],
  });
  expect(await found({ auths: { "ghcr.io": {} } }, "ghcr.io")).toEqual({ notes: [] });
  vi.stubEnv("DOCKER_CONFIG", "/not/there");
  onTestFinished(() => void vi.unstubAllEnvs());
  const notes: string[] = [];
  expect(await credentialsOf("ghcr.io", (it) => notes.push(it))).toBeUndefined();
  expect(notes).toEqual([]);
  expect((await found("{ not json", "ghcr.io")).notes[0]).toMatch(
    /config\.json cannot be used, so no login is known/,
  );
  expect((await found("[1]", "ghcr.io")).login).toBeUndefined();
});

test.each([
  [JSON.stringify({ Username: "<token>", Secret: "tok" }), { identityToken: "tok" }],
  [JSON.stringify({ Username: "me", Secret: "pw" }), { username: "me", password: "pw" }],
  [JSON.stringify({ Username: "", Secret: "" }), undefined],
])("a helper that answers %s", async (answer, login) => {
  const bin = temporaryFolder();
  const program = path.join(bin, "docker-credential-test");
  // It answers only for the name under which Docker Hub is kept.
  writeFileSync(
    program,
    `#!/bin/sh\nread -r host\n[ "$host" = https://index.docker.io/v1/ ] && echo '${answer}'\n`,
  );
  chmodSync(program, 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"]}`);
  expect(await found({ credsStore: "test" }, "docker.io")).toEqual({ login, notes: [] });
});

test("a helper that knows none says so, and is believed", async () => {
  const bin = temporaryFolder();
  const program = path.join(bin, "docker-credential-test");
  writeFileSync(program, "#!/bin/sh\necho 'credentials not found in native keychain'\nexit 1\n");
  chmodSync(program, 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"]}`);
  expect(await found({ credHelpers: { "ghcr.io": "test" } }, "ghcr.io")).toEqual({ notes: [] });
});
