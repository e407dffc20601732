import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { folderTree } from "../support/folder-tree.ts";
import { expandSnippet, snippetsOf } from "../support/snippets.ts";

const up = engineWithStore("graph");
const built: string[] = [];
afterAll(async () => {
  if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
});

function tagged(name: string): { tags: string[] } {
  const tag = `plimsoll-examples-test:${name}`;
  built.push(tag);
  return { tags: [tag] };
}

const folder = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

describe("the examples build", () => {
  test.each([
    "Dockerfile",
    "Dockerfile.single-stage",
    "Dockerfile.scratch",
    "Dockerfile.distroless",
    "Dockerfile.alpine",
  ])("go-api/%s", async (dockerfile) => {
    const tags = tagged(dockerfile.toLowerCase());
    const request = buildOf(folder("go-api"), { ...tags, dockerfile: `${folder("go-api")}/${dockerfile}` });
    expect((await allEvents(up.engine.build(request))).at(-1)).toMatchObject({ kind: "finished" });
  });

  test.each(["posts", "comments"])("blog, target %s", async (target) => {
    const request = buildOf(folder("blog"), { ...tagged(target), target });
    expect((await allEvents(up.engine.build(request))).at(-1)).toMatchObject({ kind: "finished" });
  });
});

const program = {
  "go.mod": "module example.com/app\n\ngo 1.23\n",
  "go.sum": "",
  "main.go": 'package main\n\nvar version = "dev"\n\nfunc main() { println(version) }\n',
};

/** All but the one for development, which installs a module: nothing here reaches beyond the machine. */
const goSnippets = snippetsOf("dockerfile").filter(
  ({ prefix }) => prefix.some((it) => it.startsWith("go-")) && !prefix.includes("go-dev"),
);

describe("the Go snippets build as they are inserted", () => {
  test.each(goSnippets)("$name", async ({ prefix, body }) => {
    // Without the line that names a frontend, the engine takes its own, which is in no registry.
    const dockerfile = expandSnippet(body).replace(/^# syntax=.*\n/, "");
    const tree = folderTree({ ...program, Dockerfile: dockerfile });
    const request = buildOf(tree, { ...tagged(prefix[0] ?? ""), buildArguments: { VERSION: "1.2.3" } });
    expect((await allEvents(up.engine.build(request))).at(-1)).toMatchObject({ kind: "finished" });
  });
});
