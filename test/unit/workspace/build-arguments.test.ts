// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { Disk } from "../../../server/src/workspace/disk.ts";
import {
  modelOfDockerfile,
  projectOfCompose,
  type Surroundings,
} from "../../../server/src/workspace/models.ts";
import { shellReader } from "../../support/shell.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const dockerfile = "ARG V=default\nFROM example/base:$V\n";

function aroundOf(files: Readonly<Record<string, string>>): { folder: string; around: Surroundings } {
  const folder = temporaryFolder({ ".git/HEAD": "", "api/Dockerfile": dockerfile, ...files });
  const disk = new Disk();
  const textAt = (path: string) => {
    const read = disk.read(path);
    return read.kind === "text" ? read.text : undefined;
  };
  return {
    folder,
    around: {
      disk,
      shell: shellReader,
      images: shippedImages,
      folders: [folder],
      textAt,
      composeGeneration: () => 0,
    },
  };
}

/** The base of `api/Dockerfile` when it is opened by itself. */
function alone(
  files: Readonly<Record<string, string>>,
  given: Record<string, string> = {},
): string | undefined {
  const { folder, around } = aroundOf(files);
  const model = modelOfDockerfile(dockerfile, join(folder, "api/Dockerfile"), around, () => given);
  const base = model.finalStage?.base;
  return base?.kind === "image" ? base.image.text : base?.kind;
}

/** `name: build` of each service. */
const services = (all: Readonly<Record<string, string>>) =>
  `services:\n${Object.entries(all)
    .map(([name, build]) => `  ${name}:\n    build: ${build}\n`)
    .join("")}`;

test("a Dockerfile opened by itself has the arguments that a service around gives", () => {
  expect(alone({})).toBe("example/base:default");
  expect(alone({ "compose.yaml": services({ a: "{context: api, args: {V: 1}}" }) })).toBe("example/base:1");
  expect(alone({ "api/compose.yml": services({ a: '{context: ., args: ["V=2"]}' }) })).toBe("example/base:2");
  expect(
    alone({
      "compose.yaml": services({ a: "{context: ., dockerfile: api/Dockerfile, args: {V: '$W'}}" }),
      ".env": "W=3\n",
    }),
  ).toBe("example/base:3");
});

test("only where all services that build it agree", () => {
  const one = "{context: api, args: {V: 1}}";
  expect(alone({ "compose.yaml": services({ a: one, b: one }) })).toBe("example/base:1");
  expect(alone({ "compose.yaml": services({ a: one, b: "api" }) })).toBe("example/base:default");
  expect(alone({ "compose.yaml": services({ a: one, b: "{context: api, args: {V: 2}}" }) })).toBe(
    "example/base:default",
  );
  expect(alone({ "compose.yaml": services({ a: one, b: "other" }) })).toBe("example/base:1");
  expect(alone({ "compose.yaml": services({ a: one }), "compose.dev.yaml": services({ a: "api" }) })).toBe(
    "example/base:default",
  );
  // An override names no Dockerfile of its own.
  expect(
    alone({
      "compose.yaml": services({ a: one }),
      "api/compose.override.yaml": services({ a: "{args: {V: 2}}" }),
    }),
  ).toBe("example/base:1");
  // What the shell decides is not known.
  expect(alone({ "compose.yaml": services({ a: "{context: api, args: {V: '${W:-1}'}}" }) })).toBe(
    "example/base:default",
  );
});

test("what is configured goes before what is found", () => {
  const files = { "compose.yaml": services({ a: "{context: api, args: {V: 1}}" }) };
  expect(alone(files, { V: "configured" })).toBe("example/base:configured");
});

test("a service's Dockerfile is evaluated with the service's own arguments", () => {
  const text = services({
    a: "{context: api, args: {V: 1}}",
    b: "{context: api, args: {V: 2}}",
    c: "{context: api, args: [V]}",
    d: "api",
  });
  const { folder, around } = aroundOf({ "compose.yaml": text });
  const project = projectOfCompose(text, join(folder, "compose.yaml"), around, "open", (path) =>
    path?.endsWith("Dockerfile") ? { V: "configured" } : {},
  );
  const bases = [...project.services.values()].map(({ build }) => {
    const base = build?.stage?.base;
    return base?.kind === "image" ? base.image.text : base?.kind;
  });
  expect(bases).toEqual(["example/base:1", "example/base:2", "unknown", "example/base:configured"]);
});

test("a Dockerfile that stands in the Compose file is evaluated in its context, and is no file", () => {
  const inline = (more: string) =>
    `{context: api, dockerfile_inline: "ARG V=0\\nFROM example/base:$\${V}\\nCOPY Dockerfile /x\\n"${more}}`;
  const text = services({
    a: inline(""),
    b: inline(", args: {V: 1}"),
    c: inline(", dockerfile: Dockerfile"),
    d: "{context: api, dockerfile_inline: 'FROM example/base:${TAG}'}",
  });
  const { folder, around } = aroundOf({ "compose.yaml": text });
  const project = projectOfCompose(text, join(folder, "compose.yaml"), around, "open", () => ({}));
  const builds = [...project.services.values()].map(({ build }) => build);
  const bases = builds.map((it) => (it?.stage?.base.kind === "image" ? it.stage.base.image.text : undefined));
  expect(bases).toEqual(["example/base:0", "example/base:1", undefined, undefined]);
  expect(builds.map((it) => it?.file)).toEqual([undefined, undefined, undefined, undefined]);
  expect(builds[0]?.stage?.result.fileAt("/x")?.kind).toBe("file");
});
