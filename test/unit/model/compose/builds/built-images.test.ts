// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { readComposeProject } from "../../../../../server/src/model/compose/reading/read-project.ts";
import { hasTool } from "../../../../../server/src/model/compose/tools.ts";
import { checkCompose } from "../../../../../server/src/rules/check.ts";
import { parseCompose } from "../../../../../server/src/syntax/compose/parse.ts";
import { type ComposeSurroundings, composeOf } from "../../../../support/compose.ts";

const dockerfiles = {
  "app/Dockerfile": "FROM alpine:3.24 AS dev\nRUN apk add --no-cache curl\nFROM alpine:3.24\n",
  "other/Dockerfile": "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n",
};

/** Whether the service `b` has curl. */
function curlOf(services: string, around: ComposeSurroundings = {}): string | undefined {
  const b = composeOf(`services:\n${services}`, { dockerfiles, ...around }).services.get("b");
  return b && hasTool(b, "curl").is;
}

test("a service runs what another one builds under the same name", () => {
  expect(curlOf("  a: {build: app, image: shop}\n  b: {image: shop}\n")).toBe("no");
  expect(curlOf("  b: {image: 'shop:1'}\n  a: {build: {context: app, target: dev}, image: 'shop:1'}\n")).toBe(
    "yes",
  );
  const merged = "  a: &a {build: app, image: shop}\n  b: {image: shop}\n  c: {<<: *a, command: x}\n";
  expect(curlOf(merged)).toBe("no");
});

test("the same variable is the same image, whatever its value", () => {
  expect(curlOf("  a: {build: app, image: '${SHOP}:${TAG:-1}'}\n  b: {image: '${SHOP}:${TAG:-1}'}\n")).toBe(
    "no",
  );
  expect(curlOf("  a: {build: app, image: '${SHOP}'}\n  b: {image: '${STORE}'}\n")).toBe("unknown");
});

test("what is built counts, and not what is known of an image of that name", () => {
  const of = (builds: string) => curlOf(`${builds}  b: {image: "debian:13"}\n`);
  expect(of("")).toBe("no");
  expect(of("  a: {build: {context: app, target: dev}, image: 'debian:13'}\n")).toBe("yes");
  expect(of("  a: {build: 'https://example.com/x.git', image: 'debian:13'}\n")).toBe("unknown");
});

test("not where it is another name, is pulled first, or may be one of several builds", () => {
  expect(curlOf("  a: {build: app, image: shop}\n  b: {image: 'shop:latest'}\n")).toBe("unknown");
  expect(curlOf("  a: {build: app, image: shop}\n  b: {image: shop, pull_policy: always}\n")).toBe("unknown");
  expect(curlOf("  a: {build: app, image: shop}\n  b: {image: shop, pull_policy: never}\n")).toBe("no");
  const two = "  a: {build: app, image: shop}\n  c: {build: other, image: shop}\n  b: {image: shop}\n";
  expect(curlOf(two)).toBe("unknown");
  expect(curlOf(two.replace("other", "app"))).toBe("no");
});

test("after an edit of the one that builds the other one is looked at again", () => {
  const { files, images, variables } = composeOf("services: {}\n", { dockerfiles });
  const inlineDockerfile = () => undefined;
  const inputs = {
    ...{ ...files, inlineDockerfile, images, variables },
    ...({ defaults: "open", alone: true, single: true } as const),
  };
  const text = (build: string, image = "shop", last = "x") => `services:
  first:
    image: example/first:1
  b:
    image: shop
    healthcheck: {test: [CMD, curl, -f, "http://localhost"]}
  between:
    image: example/between:1
  a:
    build: ${build}
    image: ${image}
  last:
    image: example/last:1
    command: ${last}
`;
  const texts = [
    text("app"),
    text("{context: app, target: dev}"),
    text("{context: app, target: dev}", "shop", "y"),
    text("app", "shop", "y"),
    text("app", "shops", "y"),
    text("app", "shop", "y"),
    `# moved\n${text("app", "shop", "y")}`,
    `# moved\n${text("other", "shop", "y")}`,
    text("app").replace("example/between:1", "shop"),
  ];
  const found: number[] = [];
  let project: ReturnType<typeof readComposeProject> | undefined;
  for (const it of texts) {
    project = readComposeProject(parseCompose(it, project?.file), inputs, project);
    const fresh = readComposeProject(parseCompose(it), inputs);
    const problems = checkCompose(project);
    expect(problems, it).toEqual(checkCompose(fresh));
    found.push(problems.filter((problem) => problem.rule === "service-healthcheck-tool-missing").length);
  }
  expect(found).toEqual([1, 0, 0, 1, 0, 1, 1, 0, 1]);
});
