import { describe, expect, test } from "vitest";
import type { BuildRequest } from "../../../client/src/engine/build/build-types.ts";
import { readBuilders } from "../../../client/src/engine/buildx/buildx.ts";
import { buildxCommand, readImageId } from "../../../client/src/engine/buildx/buildx-command.ts";
import { readProgressLine } from "../../../client/src/engine/buildx/buildx-progress.ts";
import { beyondClassic, registriesOf } from "../../../client/src/engine/classic/classic-limits.ts";
import { contextAttributes } from "../../../client/src/engine/context/named-contexts.ts";

const request: BuildRequest = {
  context: "/c",
  dockerfile: "/c/Dockerfile",
  tags: ["a:1", "b:2"],
  buildArguments: {},
};

test("names of images in named contexts are written out", () => {
  const digits = "0123456789abcdef".repeat(4);
  expect(
    contextAttributes({
      a: "docker-image://alpine",
      b: "docker-image://me/app:1",
      c: "docker-image://ghcr.io/me/app",
      d: `docker-image://localhost:5000/app@sha256:${digits}`,
      e: "/work/shared",
      f: "https://github.com/me/repo.git",
    }),
  ).toEqual({
    "context:a": "docker-image://docker.io/library/alpine:latest",
    "context:b": "docker-image://docker.io/me/app:1",
    "context:c": "docker-image://ghcr.io/me/app:latest",
    "context:d": `docker-image://localhost:5000/app@sha256:${digits}`,
    "context:e": "local:context-e",
    "context:f": "https://github.com/me/repo.git",
  });
  expect(() => contextAttributes({ a: "docker-image://Not A Name" })).toThrow(
    "“Not A Name” is no name of an image",
  );
});

describe("the classic builder", () => {
  const beyond = (text: string) => beyondClassic(request, `FROM a\n${text}\n`);

  test.each([
    "RUN <<E\nx\nE",
    "RUN --network=none <<-'END'\nx\nEND",
    "COPY <<a <<b /d/\nb",
    "RUN python3 <<EOF > /x\ny\nEOF",
    "RUN \\\n  # about it\n  cat <<E\nE",
  ])("has no here-documents: %j", (text) => {
    expect(beyond(text)).toBe("Here-documents (<<) in the Dockerfile");
  });

  test.each(["RUN echo $((1<<2))", 'RUN cat <<< "x"', "# RUN <<E", 'RUN echo "a <<b"', "ENV A=<<B"])(
    "is not said to where there are none: %j",
    (text) => {
      expect(beyond(text)).toBeUndefined();
    },
  );

  test("registries that a Dockerfile names", () => {
    const text = `ARG BASE=ghcr.io/me/base:1
ARG TAG
FROM --platform=$BUILDPLATFORM \${BASE} AS build
COPY --from=quay.io/tools/x:2 /x /x
COPY --from=build /a /a
FROM \${REGISTRY:-reg.test:5000}/app:\${TAG} as last
FROM scratch
COPY --from=0 /b /b
FROM LAST
FROM alpine
`;
    expect([...registriesOf(text, { BASE: "localhost/base" })]).toEqual([
      "localhost",
      "quay.io",
      "reg.test:5000",
      "docker.io",
    ]);
  });
});

describe("docker buildx build", () => {
  test("everything that a request may hold; secrets in the environment only", () => {
    const { args, environment } = buildxCommand(
      {
        ...request,
        target: "t",
        platform: "linux/arm64",
        buildArguments: { A: "1", API_TOKEN: "hush" },
        hidden: ["hush"],
        labels: { l: "v" },
        noCache: true,
        pull: true,
        network: "host",
        extraHosts: { h: "1.2.3.4" },
        contexts: { c: "/x" },
        cacheFrom: ["a:cache"],
        secrets: [
          { id: "f", from: { kind: "file", path: '/a,b"c' } },
          { id: "e", from: { kind: "environment", variable: "E" } },
          { id: "v", from: { kind: "value", value: "hush-hush" } },
        ],
        ssh: [
          { id: "default", keys: [] },
          { id: "k", keys: ["/k1", "/k2"] },
        ],
      },
      { name: "far", output: "load", platforms: [] },
      new Map([["v", Buffer.from("hush-hush")]]),
      "/d/Dockerfile",
      "/tmp/id",
    );
    expect(args.join(" ")).toBe(
      'buildx build --builder far --progress=rawjson --load --file /d/Dockerfile --iidfile /tmp/id --tag a:1 --tag b:2 --target t --platform linux/arm64 --build-arg A=1 --build-arg API_TOKEN --label l=v --add-host h:1.2.3.4 --build-context c=/x --cache-from a:cache --secret id=f,"src=/a,b""c" --secret id=e,env=E --secret id=v,env=PLIMSOLL_BUILD_SECRET_2 --ssh default --ssh k=/k1,/k2 --no-cache --pull --network host --allow network.host -- /c',
    );
    expect(environment).toEqual({ API_TOKEN: "hush", PLIMSOLL_BUILD_SECRET_2: "hush-hush" });
  });

  test("the address of a named context with a password is in its input, and so is all else", () => {
    const { args, environment, input } = buildxCommand(
      {
        ...request,
        target: "t",
        buildArguments: { A: "$" + "{B} %{c} $d", API_TOKEN: "hush" },
        hidden: ["hush", "pa:ss"],
        labels: { l: "v" },
        noCache: true,
        pull: true,
        network: "host",
        extraHosts: { h: "1.2.3.4" },
        contexts: { c: "https://me:pa:ss@git.test/x.git", d: "/x" },
        cacheFrom: ["a:cache"],
        secrets: [{ id: "v", from: { kind: "value", value: "hush-hush" } }],
        ssh: [{ id: "k", keys: ["/k1"] }],
      },
      { name: "far", output: "push", platforms: ["linux/amd64", "linux/arm64"] },
      new Map([["v", Buffer.from("hush-hush")]]),
      "/d/Dockerfile",
      "/tmp/id",
    );
    expect(args.join(" ")).toBe(
      "buildx bake --builder far --progress=rawjson --push --file - --metadata-file /tmp/id --allow network.host plimsoll",
    );
    expect(environment).toMatchObject({
      PLIMSOLL_BUILD_SECRET_0: "hush-hush",
      BUILDX_BAKE_ENTITLEMENTS_FS: "0",
    });
    expect(JSON.parse(input ?? "")).toEqual({
      target: {
        plimsoll: {
          context: "/c",
          dockerfile: "/d/Dockerfile",
          tags: ["a:1", "b:2"],
          // As a bake file has to write what is no template.
          args: { A: "$" + "$" + "{B} %%{c} $d", API_TOKEN: "hush" },
          contexts: { c: "https://me:pa:ss@git.test/x.git", d: "/x" },
          labels: { l: "v" },
          target: "t",
          platforms: ["linux/amd64", "linux/arm64"],
          network: "host",
          "extra-hosts": { h: "1.2.3.4" },
          "cache-from": ["a:cache"],
          ssh: ["k=/k1"],
          secret: ["id=v,env=PLIMSOLL_BUILD_SECRET_0"],
          pull: true,
          "no-cache": true,
          entitlements: ["network.host"],
        },
      },
    });
  });

  test.each([
    ["sha256:1\n", "sha256:1"],
    [
      '{"plimsoll":{"containerimage.digest":"sha256:2","containerimage.config.digest":"sha256:1"}}',
      "sha256:1",
    ],
    ['{"plimsoll":{"containerimage.digest":"sha256:2"}}', "sha256:2"],
    ["{}", ""],
    ["{", ""],
    ["", ""],
  ])("the id of the image in %j", (written, id) => {
    expect(readImageId(written)).toBe(id);
  });

  test("its builders: of a cluster, of machines, of the engine, and of other contexts, which are none for us", () => {
    const lines = [
      {
        Name: "kube",
        Driver: "kubernetes",
        Current: false,
        Nodes: [
          {
            Name: "kube0",
            Endpoint: "kubernetes:///kube?deployment=buildkit&kubeconfig=%2Fhome%2Fada%2Fkube.yaml",
            DriverOpts: { namespace: "ci" },
            Status: "inactive",
            Platforms: ["linux/amd64*", "linux/arm64"],
          },
          { Name: "kube1", Status: "running", Platforms: ["linux/arm64", "linux/arm/v7"] },
        ],
      },
      { Name: "kube0", Driver: "", Nodes: null },
      { Name: "default", Driver: "docker", Current: true, Nodes: [{ Status: "running", Platforms: null }] },
      { Name: "desktop-linux", Driver: "docker", Nodes: [{ Status: "running" }] },
      { Name: "far", Driver: "remote", Nodes: [{ Status: "error", Err: "no such host" }, null] },
      {
        Name: "old",
        Driver: "docker-container",
        Nodes: [{ Platforms: [{ os: "linux", architecture: "arm", variant: "v7" }, { os: "linux" }, 7] }],
      },
      { Driver: "docker" },
    ].map((it) => JSON.stringify(it));
    expect(readBuilders(`${lines.join("\n")}\n\n`).map((it) => Object.values(it).join("|"))).toEqual([
      "default|docker||running|true",
      "kube|kubernetes|linux/amd64,linux/arm64,linux/arm/v7|inactive|false",
      "kube0||||false",
      "far|remote||error|false",
      "old|docker-container|linux/arm/v7||false",
    ]);
    expect(() => readBuilders("no json")).toThrow();
  });

  test("lines of its progress, and what is none", () => {
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const line = JSON.stringify({
      vertexes: [
        {
          digest: "d",
          name: "[1/1] RUN x",
          started: "2026-11-26T02:45:39.5Z",
          completed: null,
          cached: true,
        },
      ],
      statuses: [{ id: "sha256:1", vertex: "d", name: "sha256:1", current: 5, total: 9 }],
      logs: [{ vertex: "d", stream: 1, data: base64("hi") }],
      warnings: [
        { vertex: "d", short: base64("W"), url: "u", range: [{ start: { line: 3 }, end: { line: 4 } }] },
      ],
    });
    expect(readProgressLine(line)).toEqual({
      id: "moby.buildkit.trace",
      aux: {
        vertexes: [
          {
            digest: "d",
            name: "[1/1] RUN x",
            cached: true,
            started: Date.UTC(2026, 10, 26, 2, 45, 39, 500),
            completed: undefined,
            error: "",
          },
        ],
        statuses: [{ item: "sha256:1", vertex: "d", current: 5, total: 9 }],
        logs: [{ vertex: "d", bytes: Buffer.from("hi") }],
        warnings: [{ message: "W", url: "u", startLine: 3, endLine: 4 }],
      },
    });
    expect(readProgressLine("ERROR: failed")).toBeUndefined();
    expect(readProgressLine("12")).toBeUndefined();
  });
});
