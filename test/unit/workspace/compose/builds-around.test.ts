// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { buildsAround } from "../../../../server/src/workspace/compose/builds-around.ts";
import { noSettings } from "../../../../server/src/workspace/configuration/settings.ts";
import { Disk } from "../../../../server/src/workspace/disk.ts";
import { Documents } from "../../../../server/src/workspace/documents.ts";
import { KnownImages } from "../../../../server/src/workspace/known-images.ts";
import { Workspace } from "../../../../server/src/workspace/workspace.ts";
import { shellReader } from "../../../support/shell.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const compose = `services:
  api:
    build:
      context: .
      dockerfile: api/Dockerfile
      target: final
      args: {V: "\${VERSION}"}
      platforms: [linux/amd64, linux/arm64]
      additional_contexts: {shared: ../shared}
`;

/** A folder with `api/Dockerfile` and `compose.yaml` above it; counts the files that are asked for. */
function project(files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({
    ".git/HEAD": "",
    ".env": "VERSION=1\n",
    "compose.yaml": compose,
    "api/Dockerfile": "FROM alpine:3.24\n",
    ...files,
  });
  const disk = new Disk();
  const documents = new Documents();
  const asked: string[] = [];
  const around = {
    disk,
    images: shippedImages,
    folders: [folder],
    textAt(path: string) {
      asked.push(path.slice(folder.length + 1));
      const read = disk.read(path);
      return documents.at(path)?.text ?? (read.kind === "text" ? read.text : undefined);
    },
    composeGeneration: () => documents.composeGeneration,
  };
  let version = 0;
  return {
    disk,
    asked,
    path: (name: string) => join(folder, name),
    write(name: string, text: string) {
      writeFileSync(join(folder, name), text);
      disk.forget(join(folder, name));
    },
    edit(name: string, kind: "compose" | "dockerfile", text: string) {
      const path = join(folder, name);
      documents.set({ uri: `file://${path}`, path, kind, version: ++version, text });
    },
    close: (name: string) => documents.close(`file://${join(folder, name)}`),
    ask: () => buildsAround(join(folder, "api/Dockerfile"), around),
  };
}

test("all that a Compose file says of a Dockerfile's build", () => {
  const { ask, path } = project();
  expect(ask()).toMatchObject({
    builds: [{ target: "final" }],
    context: path("."),
    buildArguments: { V: "1" },
    platforms: ["linux/amd64", "linux/arm64"],
    contexts: ["shared"],
  });
});

test("files are asked for once until the disk has changed, the variables' too", () => {
  const { ask, asked, disk, edit, path } = project({ "compose.prod.yaml": compose });
  const first = ask();
  expect(asked.toSorted()).toEqual([".env", "compose.prod.yaml", "compose.yaml"]);
  // The Dockerfile itself changes with each keystroke.
  edit("api/Dockerfile", "dockerfile", "FROM alpine:3.24\nUSER 1000\n");
  expect(ask()).toBe(first);
  expect(asked).toHaveLength(3);
  disk.forget(path("unrelated.txt"));
  // Nothing that it says is another, so that what was made with it holds.
  expect(ask()).toBe(first);
  expect(asked).toHaveLength(6);
});

test("a change of the variables or of a Compose file on the disk is seen", () => {
  const { ask, write, path, disk } = project();
  const first = ask();
  write(".env", "VERSION=2\n");
  expect(ask().buildArguments).toEqual({ V: "2" });
  expect(ask().generation).not.toBe(first.generation);
  write("compose.yaml", compose.replace("target: final", "target: test"));
  expect(ask().builds.map((it) => it.target)).toEqual(["test"]);
  write("api/compose.yaml", "services:\n  api:\n    build: .\n");
  expect([ask().context, ask().builds.length, ask().buildArguments]).toEqual([undefined, 2, {}]);
  for (const name of ["compose.yaml", "api/compose.yaml"]) {
    rmSync(path(name));
    disk.forget(path(name));
  }
  expect(ask()).toMatchObject({ builds: [], contexts: [], platforms: [] });
});

test("so is one that is not saved yet", () => {
  const { ask, edit, close } = project();
  const first = ask();
  edit("compose.yaml", "compose", compose.replace("linux/amd64, ", ""));
  expect(ask().platforms).toEqual(["linux/arm64"]);
  edit("compose.yaml", "compose", compose);
  expect(ask().platforms).toEqual(first.platforms);
  edit("compose.yaml", "compose", "services: {}\n");
  expect(ask().context).toBeUndefined();
  close("compose.yaml");
  expect(ask().platforms).toEqual(first.platforms);
});

test("an open Dockerfile is evaluated again when an open Compose file says something else of its build", () => {
  const text = "ARG V=0\nFROM example/base:$V\n";
  const folder = temporaryFolder({ ".git/HEAD": "", Dockerfile: text, "compose.yaml": "" });
  const documents = new Documents();
  const workspace = new Workspace({
    documents,
    disk: new Disk(),
    shell: shellReader,
    images: new KnownImages(shippedImages),
    folders: [folder],
    settingsOf: () => noSettings,
    onRuleFailure: ({ error }) => expect.fail(String(error)),
  });
  const open = (name: string, kind: "compose" | "dockerfile", content: string, version: number) => {
    const path = join(folder, name);
    const snapshot = { uri: `file://${path}`, path, kind, version, text: content };
    documents.set(snapshot);
    return snapshot;
  };
  const dockerfile = open("Dockerfile", "dockerfile", text, 1);
  const base = () => {
    const { finalStage } = workspace.dockerfile(dockerfile);
    return finalStage?.base.kind === "image" ? finalStage.base.image.tag : undefined;
  };
  expect(base()).toBe("0");
  const before = workspace.dockerfile(dockerfile);
  open("compose.yaml", "compose", "services: {}\n", 1);
  expect(workspace.dockerfile(dockerfile)).toBe(before);
  open("compose.yaml", "compose", "services:\n  a:\n    build: {context: ., args: {V: 7}}\n", 2);
  expect(base()).toBe("7");
});
