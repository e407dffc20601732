import { expect, test } from "vitest";
import { composeLinks, dockerfileLinks } from "../../../server/src/features/links.ts";
import { registryPage } from "../../../server/src/features/registry-page.ts";
import { parseImageReference } from "../../../server/src/model/image/reference.ts";
import { source } from "../../../server/src/text/source.ts";
import { contextOf, modelOf } from "../../support/model.ts";
import { namedProject } from "../../support/names.ts";

function links(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const project = namedProject({ "compose.yaml": text, ...files });
  const [compose] = project.table.sources.compose.filter((it) => it.file.text === text);
  if (!compose) throw new Error("The file is among the sources.");
  return composeLinks(compose, (path) => project.around.disk.kindOf(path) === "file").map(
    ({ span, target }) => {
      const where = "file" in target ? target.file.slice(project.folder.length + 1) : target.page;
      return `${text.slice(span.start, span.end)} -> ${where}`;
    },
  );
}

test("each kind of file that a Compose file names, where it is there", () => {
  expect(
    links(
      source`
        include:
          - more.yaml
          - {path: [more.yaml, absent.yaml], env_file: ./x.env}
        services:
          a:
            build: .
            env_file: [x.env, {path: x.env}, absent.env]
            extends: {file: more.yaml, service: b}
            volumes: ["./x.conf:/x", {type: bind, source: ./x.conf, target: /y}, "./folder:/f", "data:/d", "\${DIR:-.}/x.conf:/z"]
          b:
            build: {context: ./b, dockerfile: Dockerfile.prod}
          c:
            build: https://github.com/a/b.git
        secrets: {s: {file: x.env}}
        configs: {c: {file: ./x.conf}}`,
      {
        "more.yaml": "services: {b: {image: b}}\n",
        "x.env": "",
        "x.conf": "",
        "folder/x": "",
        Dockerfile: "FROM alpine\n",
        "b/Dockerfile.prod": "FROM alpine\n",
      },
    ),
  ).toEqual([
    "more.yaml -> more.yaml",
    "more.yaml -> more.yaml",
    "./x.env -> x.env",
    ". -> Dockerfile",
    "x.env -> x.env",
    "x.env -> x.env",
    "more.yaml -> more.yaml",
    "./x.conf -> x.conf",
    "./x.conf -> x.conf",
    "${DIR:-.}/x.conf -> x.conf",
    "./b -> b/Dockerfile.prod",
    "Dockerfile.prod -> b/Dockerfile.prod",
    "x.env -> x.env",
    "./x.conf -> x.conf",
  ]);
});

test("pages of images; none where the registry is not known or the name is not", () => {
  const page = (image: string) => registryPage(parseImageReference(image));
  expect(page("nginx:1.30")).toBe("https://hub.docker.com/_/nginx");
  expect(page("docker.io/library/nginx@sha256:".padEnd(95, "0"))).toBe("https://hub.docker.com/_/nginx");
  expect(page("grafana/grafana")).toBe("https://hub.docker.com/r/grafana/grafana");
  expect(page("ghcr.io/a/b/c:1")).toBe("https://ghcr.io/a/b/c");
  expect(page("quay.io/prometheus/prometheus")).toBe("https://quay.io/repository/prometheus/prometheus");
  expect(page("mcr.microsoft.com/dotnet/sdk:10.0")).toBe("https://mcr.microsoft.com/artifact/mar/dotnet/sdk");
  expect(page("localhost:5000/a/b")).toBeUndefined();
  expect(page("registry.example.com/a/b")).toBeUndefined();
  expect(page('a b" onclick')).toBeUndefined();
  expect(links("services: {a: {image: 'nginx:${TAG}'}, b: {image: 'nginx:${TAG:-1}'}}\n")).toEqual([
    "nginx:${TAG:-1} -> https://hub.docker.com/_/nginx",
  ]);
});

test("pages of the images that stages are built on", () => {
  const text = "ARG V=3\nFROM alpine:${V} AS a\nFROM a\nFROM scratch\nFROM ${X}\n";
  expect(dockerfileLinks(modelOf(text)).map((it) => text.slice(it.span.start, it.span.end))).toEqual([
    "alpine:${V}",
  ]);
});

test("files that COPY takes from the build context, and the image that it takes files from", () => {
  const text = source`
    FROM alpine AS a
    COPY go.mod ./cmd/main.go cmd absent *.mod /x/
    COPY --from=nginx:1.30 /a /b
    COPY --from=a /a /b
    COPY --from=tools /a /b
    ADD ["go.mod", "/y"]
    ADD https://example.com/go.mod /z
  `;
  const context = contextOf({ "go.mod": "", "cmd/main.go": "" });
  const found = dockerfileLinks(modelOf(text, { context }), "/context").map(
    ({ span, target }) =>
      `${text.slice(span.start, span.end)} -> ${"file" in target ? target.file : target.page}`,
  );
  expect(found.slice(1)).toEqual([
    "go.mod -> /context/go.mod",
    "./cmd/main.go -> /context/cmd/main.go",
    "nginx:1.30 -> https://hub.docker.com/_/nginx",
    '"go.mod" -> /context/go.mod',
  ]);
});
