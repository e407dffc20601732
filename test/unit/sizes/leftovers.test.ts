import { describe, expect, test } from "vitest";
import { leftoversOf } from "../../../client/src/sizes/leftovers/leftovers.ts";
import type { ChainLine } from "../../../client/src/sizes/lines/map-lines.ts";
import { stackLayers } from "../../../client/src/sizes/stack.ts";
import { type LayerFile, layerOf } from "../../support/images/layers.ts";

type Files = Readonly<Record<string, LayerFile>>;

/** An instruction with what it brought; `FROM` is the base image. */
type Step = readonly [instruction: string, files: Files];

const binary = (size: number): LayerFile => ({ size, mode: 0o755, program: "binary" });
const go: Step = ["COPY --from=build /out/api /api", { "/api": binary(1000) }];
const startsApi = { entrypoint: ["/api"] };
const node: Step = [
  "FROM node:24",
  { "/usr/local/bin/node": binary(9000), "/usr/include/node/node.h": 5, "/usr/bin/gcc": 80 },
];
const startsNode = { command: ["node", "dist/main.js"], workdir: "/app" };

interface Started {
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: readonly string[];
  readonly workdir?: string;
}

/** `kind owners bytes in files: places @line`, lines counted from 0 for the first step. */
function left(steps: readonly Step[], started?: Started): string[] {
  const lines = steps.map(([text], line): ChainLine | undefined =>
    text.startsWith("FROM ") ? undefined : { keyword: text.split(" ")[0] ?? "", text, line, endLine: line },
  );
  return leftoversOf({
    stack: stackLayers(steps.map(([, files]) => layerOf(files))),
    makers: lines,
    config: started && {
      entrypoint: undefined,
      command: undefined,
      environment: ["PATH=/usr/local/bin:/usr/bin:/bin"],
      workdir: "/",
      ...started,
    },
  }).map(
    ({ kind, owners, bytes, files, places, storedBy }) =>
      `${kind} ${owners.join("+")} ${bytes} in ${files}: ${places.map((it) => it.path).join(" ")} @${storedBy.line}`,
  );
}

describe("caches of package managers", () => {
  test.each([
    ["apt", "/var/lib/apt/lists", "deb.debian.org_dists_trixie_main_binary-amd64_Packages.lz4"],
    ["apt", "/var/cache/apt", "archives/gcc_14_amd64.deb"],
    ["apk", "/var/cache/apk", "APKINDEX.1.tar.gz"],
    ["dnf", "/var/cache/dnf", "fedora/repodata/x.xml"],
    ["dnf", "/var/cache/libdnf5", "x.solv"],
    ["npm", "/root/.npm/_cacache", "content-v2/sha512/aa"],
    ["npm", "/home/node/.npm/_cacache", "index-v5/aa"],
    ["yarn", "/usr/local/share/.cache/yarn", "v6/x"],
    ["pnpm", "/root/.local/share/pnpm/store", "v3/files/00/a"],
    ["pip", "/root/.cache/pip", "http-v2/a"],
    ["uv", "/root/.cache/uv", "archive-v0/a"],
    ["Composer", "/root/.composer/cache", "files/a.zip"],
    ["gem", "/usr/local/bundle/cache", "rails-8.gem"],
    ["conda", "/opt/miniconda3/pkgs", "python.conda"],
    ["node-gyp", "/root/.cache/node-gyp", "24.0.0/include/node/node.h"],
  ])("of %s in %s, whatever the image starts", (owner, place, file) => {
    expect(left([["RUN install", { [`${place}/${file}`]: 7 }]])).toEqual([
      `package-cache ${owner} 7 in 1: ${place} @0`,
    ]);
  });

  test.each([
    ["go", "/root/.cache/go-build", "aa/a-d"],
    ["go", "/go/pkg/mod", "golang.org/x/net/a.go"],
    ["cargo", "/usr/local/cargo/registry", "src/serde/lib.rs"],
    ["Maven", "/root/.m2/repository", "org/a/a.jar"],
    ["Gradle", "/root/.gradle/caches", "modules-2/a.jar"],
    ["NuGet", "/root/.nuget/packages", "a/a.dll"],
  ])(
    "of %s in %s, where a compiled program is started and nothing that may compile",
    (owner, place, file) => {
      const run: Step = ["RUN build", { [`${place}/${file}`]: 7 }];
      expect(left([run, go], startsApi)).toEqual([`package-cache ${owner} 7 in 1: ${place} @0`]);
      expect(left([run, go])).toEqual([]);
      const shell: Step = ["FROM golang", { "/bin/sh": binary(1) }];
      expect(left([shell, run], { command: ["sh"] })).toEqual([]);
    },
  );

  test("one finding for an instruction, with all its caches", () => {
    const files = {
      "/var/lib/apt/lists/a": 10,
      "/var/lib/apt/lists/lock": 1,
      "/var/cache/apt/archives/a.deb": 30,
      "/root/.cache/pip/a": 20,
    };
    expect(left([["RUN both", files]])).toEqual([
      "package-cache apt+pip 60 in 3: /var/cache/apt /root/.cache/pip /var/lib/apt/lists @0",
    ]);
  });

  test("not what the base image brought, nor what is seen no more, nor what only sounds like one", () => {
    const lists = { "/var/lib/apt/lists/a": 10 };
    expect(left([["FROM debian", lists]])).toEqual([]);
    const removed = leftoversOf({
      stack: stackLayers([layerOf(lists), layerOf({}, ["/var/lib/apt/lists/a"])]),
      makers: [{ keyword: "RUN", text: "RUN x", line: 1, endLine: 1 }, undefined],
      config: undefined,
    });
    expect(removed).toEqual([]);
    const others = {
      "/app/cache/page.html": 10,
      "/root/.cache/huggingface/model": 10,
      "/root/.cache/ms-playwright/chrome": 10,
      "/srv/registry/a": 10,
    };
    expect(left([["RUN x", others], go], startsApi)).toEqual([]);
  });

  test("a file of the store that is also in use under another name frees nothing", () => {
    const shared = {
      "/root/.local/share/pnpm/store/v3/a": 10,
      "/root/.local/share/pnpm/store/v3/b": 20,
      "/app/node_modules/a/index.js": { link: "/root/.local/share/pnpm/store/v3/a" },
    };
    expect(left([["RUN pnpm install", shared]])).toEqual([
      "package-cache pnpm 20 in 1: /root/.local/share/pnpm/store @0",
    ]);
  });

  test("a cache that the program is started from is no cache", () => {
    const run: Step = ["RUN mvn", { "/root/.m2/repository/a/a.jar": 10, "/usr/bin/java": binary(1) }];
    expect(left([run], { command: ["java", "-jar", "/root/.m2/repository/a/a.jar"] })).toEqual([]);
    const withPath = { environment: ["CLASSPATH=/root/.m2/repository/a/a.jar"] };
    expect(left([run], { command: ["java", "-jar", "/app.jar"], ...withPath })).toEqual([]);
  });
});

describe("what came along with the build context", () => {
  const git = { "/app/.git/HEAD": 1, "/app/.git/objects/pack/a": 99 };

  test("the repository's history", () => {
    expect(left([["COPY . /app", git]])).toEqual(["repository git 100 in 2: /app/.git @0"]);
    expect(left([["COPY --from=build /src /app", git]])).toEqual([]);
    // Flutter and others read the history that they were fetched with.
    expect(left([["RUN git clone https://example.com/flutter /app", git]])).toEqual([]);
    expect(left([["COPY . /app", { "/app/.git/objects/a": 1 }]])).toEqual([]);
  });

  test("is told of the COPY also where a later instruction gave it another owner", () => {
    const packages = "/app/node_modules/a/index.js";
    const copied: Step = [
      "COPY . .",
      {
        "/app/.git/HEAD": { size: 1, hash: "h" },
        "/app/.git/objects/aa": { size: 70, hash: "a" },
        [packages]: { size: 9, hash: "p" },
      },
    ];
    const owned = (text: string): Step => [
      text,
      Object.fromEntries(
        Object.entries(copied[1]).map(([path, it]) => [path, { ...(it as object), uid: 1000 } as LayerFile]),
      ),
    ];
    // What was only given to somebody is not installed in the image.
    expect(left([copied, owned("RUN chown -R app /app"), owned("RUN chmod -R g+w /app")])).toEqual([
      "repository git 71 in 2: /app/.git @0",
    ]);
  });

  test("packages of the host, in a folder that is installed in the image too", () => {
    const host = { "/app/node_modules/express/index.js": 50 };
    const installed: Step = ["RUN npm ci", { "/app/node_modules/koa/index.js": 10 }];
    expect(left([installed, ["COPY . .", host]])).toEqual([
      "host-dependencies node_modules 50 in 1: /app/node_modules @1",
    ]);
    expect(left([["COPY . .", host]])).toEqual([]);
    expect(left([installed, ["COPY --from=build /app .", host]])).toEqual([]);
  });
});

describe("tools for building", () => {
  const tools = {
    "/usr/lib/gcc/x86_64-linux-gnu/14/cc1": 500,
    "/usr/bin/x86_64-linux-gnu-gcc-14": 20,
    "/usr/bin/g++": "x86_64-linux-gnu-g++-14",
    "/usr/include/stdio.h": 5,
    "/usr/lib/x86_64-linux-gnu/libc.a": 60,
    "/usr/lib/x86_64-linux-gnu/libstdc++.so.6": 900,
  };
  const found = ["build-tools gcc+static libraries+headers 585 in 4:"];
  const places = " /usr/lib/gcc /usr/lib /usr/bin /usr/include @0";
  const install: Step = ["RUN apt-get install gcc", tools];

  test("where machine code is started that a layer of the Dockerfile brought", () => {
    expect(left([install, go], startsApi)).toEqual([`${found}${places}`]);
    // A shell that only starts it.
    expect(left([install, go], { command: ["/bin/sh", "-c", "exec /api --port 80"] })).toEqual([
      `${found}${places}`,
    ]);
  });

  test("where an interpreter is given a script", () => {
    const main: Step = ["COPY dist dist", { "/app/dist/main.js": 5 }];
    expect(left([node, main, install], startsNode)).toEqual([`${found}${places.replace("@0", "@2")}`]);
    const entry = {
      entrypoint: ["docker-entrypoint.sh"],
      command: ["node", "dist/main.js"],
      workdir: "/app",
    };
    expect(left([node, main, install], entry)).toEqual([`${found}${places.replace("@0", "@2")}`]);
  });

  test.each([
    ["a shell", ["bash"]],
    ["a command that needs a shell", ["/bin/sh", "-c", "/migrate && /api"]],
    ["a script", ["/start.sh"]],
    ["make", ["make", "run"]],
    ["npm", ["npm", "start"]],
    ["an interpreter without a script", ["python3"]],
    ["what is not there", ["/gone"]],
  ])("silent where %s is started", (_, command) => {
    const base: Step = [
      "COPY all /",
      {
        ...{ "/api": binary(1), "/migrate": binary(1), "/bin/sh": binary(1), "/usr/bin/bash": binary(1) },
        ...{ "/start.sh": { size: 9, mode: 0o755, program: "script" }, "/usr/bin/make": binary(1) },
        ...{ "/usr/bin/npm": { size: 9, program: "script" }, "/usr/bin/python3": binary(1) },
      },
    ];
    expect(left([base, install], { command })).toEqual([]);
  });

  test("silent where a program of the base image is started, and where Python may compile while it runs", () => {
    const base: Step = ["FROM postgres", { "/usr/bin/postgres": binary(1), "/usr/bin/python3": binary(1) }];
    expect(left([base, install], { command: ["postgres"] })).toEqual([]);
    const app: Step = ["COPY app.py /", { "/app.py": 1 }];
    expect(left([base, app, install], { command: ["python3", "app.py"] })).toHaveLength(1);
    const torch: Step = ["RUN pip install torch", { "/usr/lib/python3/site-packages/torch/a.py": 1 }];
    expect(left([base, app, torch, install], { command: ["python3", "app.py"] })).toEqual([]);
  });

  test("the Go toolchain, but for its time zones", () => {
    const copied: Step = [
      "COPY --from=golang /usr/local/go /usr/local/go",
      { "/usr/local/go/bin/go": binary(10), "/usr/local/go/lib/time/zoneinfo.zip": 4 },
    ];
    expect(left([copied, go], startsApi)).toEqual(["build-tools Go 10 in 1: /usr/local/go @0"]);
  });

  test("of a JDK, what no program reads", () => {
    const jdk: Step = [
      "COPY --from=temurin /opt/java /opt/java",
      { "/opt/java/bin/java": binary(1), "/opt/java/jmods/java.base.jmod": 70, "/opt/java/lib/src.zip": 50 },
    ];
    const started = { entrypoint: ["/opt/java/bin/java", "-jar", "/app.jar"] };
    expect(left([jdk, ["COPY app.jar /", { "/app.jar": 9 }]], started)).toEqual([
      "build-tools JDK 120 in 2: /opt/java/jmods /opt/java/lib @0",
    ]);
  });
});

describe("sources and tests", () => {
  test("beside the program that was compiled of them", () => {
    const sources = { "/src/main.go": 5, "/src/go.mod": 1, "/src/web/index.html": 9, "/src/api/a.go": 3 };
    expect(left([["COPY . /src", sources], go], startsApi)).toEqual(["sources .go 8 in 2: /src /src/api @0"]);
    const inside: Step = ["RUN go build", { "/src/api/api": binary(9) }];
    expect(left([["COPY . /src", sources], inside], { command: ["/src/api/api"] })).toEqual([
      "sources .go 8 in 2: /src /src/api @0",
    ]);
    expect(left([["COPY . /src", sources]])).toEqual([]);
  });

  test("TypeScript beside the JavaScript that is started, and its maps", () => {
    const app = {
      "/app/src/main.ts": 10,
      "/app/src/types.d.ts": 2,
      "/app/node_modules/a/a.ts": 7,
      "/app/dist/main.js": 5,
      "/app/dist/main.js.map": 20,
      "/app/public/client.js.map": 3,
    };
    expect(left([node, ["COPY . .", app]], startsNode)).toEqual([
      "sources source maps+.ts 30 in 2: /app/dist /app/src @1",
    ]);
    const withMaps = { ...startsNode, command: ["node", "--enable-source-maps", "dist/main.js"] };
    expect(left([node, ["COPY . .", app]], withMaps)).toEqual(["sources .ts 10 in 1: /app/src @1"]);
    // Node runs TypeScript itself.
    expect(left([node, ["COPY . .", app]], { ...startsNode, command: ["node", "src/main.ts"] })).toEqual([]);
  });

  test("tests at the top of a project", () => {
    const app = {
      "/app/package.json": 1,
      "/app/index.js": 1,
      "/app/test/big.json": 40,
      "/app/node_modules/a/package.json": 1,
      "/app/node_modules/a/test/a.js": 5,
      "/app/templates/test/a.html": 5,
    };
    const started = { command: ["node", "index.js"], workdir: "/app" };
    expect(left([node, ["COPY . .", app]], started)).toEqual(["tests tests 40 in 1: /app/test @1"]);
    expect(left([node, ["COPY . .", app]], { ...started, command: ["node", "test/run.js"] })).toEqual([]);
  });
});
