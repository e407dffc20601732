import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type Configured,
  configuredFor,
} from "../../../../server/src/workspace/configuration/configuration-files.ts";
import { readSettings } from "../../../../server/src/workspace/configuration/read-settings.ts";
import { noSettings } from "../../../../server/src/workspace/configuration/settings.ts";
import { Disk } from "../../../../server/src/workspace/disk.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

type Files = Parameters<typeof temporaryFolder>[0];

/** How `path` is checked, in a folder of these files that is opened. */
function configured(
  files: Files,
  path: string,
  settings: unknown = {},
): Configured & { readonly names: string[] } {
  const folder = temporaryFolder(files);
  const found = configuredFor(join(folder, path), readSettings(settings), {
    disk: new Disk(),
    folders: [folder],
  });
  return { ...found, names: found.files.map((it) => it.path.slice(folder.length + 1)) };
}

const off = "rules: { no-shell: off }\n";
const error = "rules: { no-shell: error }\n";

test("the nearer folder goes before the farther, ours before hadolint's, settings last", () => {
  const { names, severities } = configured(
    {
      ".plimsoll.yaml": error,
      ".hadolint.yaml": "ignored: [DL3001]\n",
      "a/.plimsoll.yml": off,
      "a/b/.hadolint.yml": "ignored: [DL3000]\n",
      "a/b/.plimsoll.json": '{ "rules": { "runs-as-root": "off" } }',
      "c/.plimsoll.yaml": off,
    },
    "a/b/Dockerfile",
    { rules: { "no-shell": "hint" } },
  );
  expect(names).toEqual(["a/b/.plimsoll.json", "a/b/.hadolint.yml", "a/.plimsoll.yml", ".plimsoll.yaml"]);
  expect(severities).toEqual([
    { "runs-as-root": "off" },
    { DL3000: "off" },
    { "no-shell": "off" },
    { "no-shell": "error" },
    { "no-shell": "hint" },
  ]);
});

test("in a folder the first of each kind", () => {
  const files = {
    ".plimsoll.yaml": off,
    ".plimsoll.yml": error,
    ".hadolint.yaml": "ignored: []\n",
    "hadolint.yaml": "ignored: []\n",
  };
  expect(configured(files, "Dockerfile").names).toEqual([".plimsoll.yaml", ".hadolint.yaml"]);
});

test("hadolint.yaml without a dot, when it is hadolint's", () => {
  expect(configured({ "hadolint.yaml": "ignored: [DL3000]\n" }, "Dockerfile").names).toEqual([
    "hadolint.yaml",
  ]);
  expect(configured({ "hadolint.yml": "on: push\njobs: {}\n" }, "Dockerfile").names).toEqual([]);
  const job = "lint:\n  script:\n    - hadolint --ignore DL3008 Dockerfile\n";
  expect(configured({ "hadolint.yml": job }, "Dockerfile").names).toEqual([]);
  // Broken, but it names hadolint's rules, or it cannot be read.
  for (const text of ["ignore: [DL3000]\n", "ignored [DL3000\n"])
    expect(configured({ "hadolint.yaml": text }, "Dockerfile").names).toEqual(["hadolint.yaml"]);
});

test("up to the repository's root, whichever part of it is opened", () => {
  const folder = temporaryFolder({
    ".plimsoll.yaml": error,
    "repository/.git/HEAD": "",
    "repository/.plimsoll.yaml": off,
    "repository/a/b/c/d/e/f/g/Dockerfile": "",
  });
  const found = configuredFor(join(folder, "repository/a/b/c/d/e/f/g/Dockerfile"), noSettings, {
    disk: new Disk(),
    folders: [join(folder, "repository/a")],
  });
  expect(found.files.map((it) => it.path)).toEqual([join(folder, "repository/.plimsoll.yaml")]);
});

test("outside of a repository up to the opened folder", () => {
  const folder = temporaryFolder({ ".plimsoll.yaml": error, "a/.plimsoll.yaml": off, "a/b/Dockerfile": "" });
  const found = configuredFor(join(folder, "a/b/Dockerfile"), noSettings, {
    disk: new Disk(),
    folders: [join(folder, "a")],
  });
  expect(found.files.map((it) => it.path)).toEqual([join(folder, "a/.plimsoll.yaml")]);
});

test("files that are ignored, from the folder of the file that says so", () => {
  const files = { ".plimsoll.yaml": "ignore: [vendor, /a/Dockerfile]\n", "a/.plimsoll.yaml": "ignore: b\n" };
  const ignored = (path: string, settings?: unknown) => configured(files, path, settings).ignoredBy;
  expect(ignored("Dockerfile")).toBeUndefined();
  expect(ignored("x/vendor/Dockerfile")).toMatch(/\.plimsoll\.yaml$/);
  expect(ignored("a/Dockerfile")).toBeDefined();
  expect(ignored("a/b/Dockerfile")).toMatch(/a.\.plimsoll\.yaml$/);
  expect(ignored("b/Dockerfile")).toBeUndefined();
  expect(ignored("b/Dockerfile", { ignore: ["b/*"] })).toBe("settings");
});

test.each([
  ["a folder", { ".plimsoll.yaml/x": "" }, "is a folder"],
  ["binary", { ".plimsoll.yaml": Buffer.from([0, 1, 2]) }, "is binary"],
  ["too large", { ".hadolint.yaml": Buffer.alloc(5 * 1024 * 1024, "# x\n") }, "is larger"],
])("one that cannot be read is told of and not used: %s", (_, files, why) => {
  const { files: found, severities } = configured(files as Files, "Dockerfile");
  expect(found[0]?.problems).toMatchObject([{ code: "configuration-unreadable", severity: "error" }]);
  expect(found[0]?.problems[0]?.message).toContain(why);
  expect(severities).toEqual([{}, {}]);
});

test("a file is read once, and again when the disk has forgotten it", () => {
  const folder = temporaryFolder({ ".plimsoll.yaml": off });
  const disk = new Disk();
  const read = () =>
    configuredFor(join(folder, "Dockerfile"), noSettings, { disk, folders: [folder] }).files[0];
  const first = read();
  expect(read()).toBe(first);
  disk.forget(join(folder, ".plimsoll.yaml"));
  expect(read()).not.toBe(first);
});

test("dclint's configuration counts for Compose files", () => {
  const dclint = '{ "rules": { "no-version-field": 0 }, "exclude": ["old"] }';
  const files = { ".dclintrc": dclint, "old/compose.yaml": "", "compose.yaml": "" };
  expect(configured(files, "compose.yaml").names).toEqual([".dclintrc"]);
  expect(configured(files, "compose.yaml").severities).toContainEqual({ "no-version-field": "off" });
  expect(configured(files, "compose.yaml").ignoredBy).toBeUndefined();
  expect(configured(files, "old/compose.yaml").ignoredBy).toMatch(/\.dclintrc$/);
  expect(configured(files, "old/Dockerfile").names).toEqual([]);
  expect(configured(files, "old/Dockerfile").ignoredBy).toBeUndefined();
});

test("dclint's configuration is found where dclint finds it", () => {
  const rules = '{ "rules": {} }';
  const name = (files: Files) => configured(files, "compose.yaml").names;
  expect(name({ "package.json": `{ "dclint": ${rules} }`, ".dclintrc": rules })).toEqual(["package.json"]);
  expect(name({ "package.json": '{ "devDependencies": { "dclint": "3" } }', ".dclintrc.yml": "" })).toEqual([
    ".dclintrc.yml",
  ]);
  expect(name({ ".config/dclintrc.json": rules })).toEqual([".config/dclintrc.json"]);
  const { files } = configured({ "dclint.config.js": "module.exports = {};" }, "compose.yaml");
  expect(
    files.flatMap((it) => it.problems.map(({ severity, message }) => `${severity}: ${message}`)),
  ).toEqual([
    "info: This configuration of dclint is a program, which Plimsoll does not run. What it says is not used; a `.dclintrc` or `.plimsoll.yaml` is.",
  ]);
});
