import { describe, expect, test } from "vitest";
import { hoverCompose } from "../../../server/src/features/hover/compose.ts";
import { hoverDockerfile } from "../../../server/src/features/hover/dockerfile.ts";
import type { ImageReading } from "../../../server/src/model/image/image-reading.ts";
import { factsOfReading } from "../../../server/src/model/image/read-facts.ts";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { composeOf } from "../../support/compose.ts";
import { readCursor } from "../../support/cursor.ts";
import { listing, reading } from "../../support/images/readings.ts";
import { contextOf, modelOf } from "../../support/model.ts";

/** The hover where every image is the one that was read. */
function hoverRead(it: ImageReading, isHere = true): string | undefined {
  const { text, offset } = readCursor("FROM alp<|>ine:3.24");
  const facts = factsOfReading(it, { name: "alpine", tag: "3.24", isHere, shipped: undefined });
  const images = { find: () => facts, names: () => [], tags: () => [] };
  return hoverDockerfile(modelOf(text, { images }), offset)?.markdown;
}

function hover(fixture: string): string | undefined {
  const { text, offset } = readCursor(fixture);
  return hoverDockerfile(modelOf(text, { images: shippedImages }), offset)?.markdown;
}

/** The text that the hover is about. */
function hovered(fixture: string): string | undefined {
  const { text, offset } = readCursor(fixture);
  const found = hoverDockerfile(modelOf(text, { images: shippedImages }), offset);
  return found && text.slice(found.span.start, found.span.end);
}

describe("in a Dockerfile", () => {
  test("an instruction: its forms and what it does", () => {
    expect(hover("FROM alpine\nWORK<|>DIR /app")).toMatch(/^```dockerfile\nWORKDIR <path>\n```\n\nFolder/);
    expect(hovered("FROM alpine\nONBUILD CO<|>PY . .")).toBe("COPY");
  });

  test("a variable with what it is, but for secrets", () => {
    expect(hover("FROM alpine\nENV A<|>=1")).toContain("**A** = `1`");
    for (const it of [
      "ENV DB_PASSWORD<|>=hunter2",
      "ARG NPM_TOKEN<|>=hunter2",
      "ENV URL<|>=http://u:hunter2@h",
    ])
      expect(hover(`FROM alpine\n${it}`)).toMatch(/^(?!.*hunter2).*•••/s);
  });

  test("flags, and the fields of a mount", () => {
    expect(hover("FROM alpine\nCOPY --li<|>nk a b")).toContain("**--link** (Dockerfile 1.4)");
    expect(hover("FROM alpine\nRUN --network=no<|>ne true")).toContain("`none`: No network");
    expect(hover("FROM alpine\nRUN --mount=type=cache,shar<|>ing=locked,target=/x true")).toContain(
      "`locked`: The second waits",
    );
    expect(hover("FROM alpine\nRUN --mount=ty<|>pe=cache,target=/x true")).toContain("type=cache");
  });

  test("the destination of COPY: what is there, how large, and whose", () => {
    const context = contextOf({ "package.json": "{}", "model.bin": "x".repeat(1500), "web/a.js": "" });
    const at = (fixture: string) => {
      const { text, offset } = readCursor(`FROM node:24-alpine\nWORKDIR /app\nUSER node\n${fixture}\n`);
      return hoverDockerfile(modelOf(text, { context }), offset)?.markdown;
    };
    expect(at("COPY model.bin /m<|>odel")).toBe("**/model**: a file of 1.5 kB that belongs to `root:root`");
    expect(at("COPY --chown=1000:0 package.json model.bin .<|>/")).toBe(
      "**/app**: a directory that belongs to `root:root`\n\n" +
        "- `/app/package.json`, a file of 2 bytes that belongs to `1000:root`\n" +
        "- `/app/model.bin`, a file of 1.5 kB that belongs to `1000:root`",
    );
    expect(at("COPY --chown=node web /si<|>te")).toBe("**/site**: a directory that belongs to `node`");
    expect(at("WORKDIR <|>data")).toBe("**/app/data**: a directory that belongs to `node`");
    expect(at("COPY x $Y<|>")).toBeUndefined();
  });

  test("the source of COPY: what it is in the build context or in the stage", () => {
    const context = contextOf({
      "go.mod": "module a",
      "cmd/main.go": "",
      "b.log": "",
      ".dockerignore": "*.log",
    });
    const at = (fixture: string) => {
      const { text, offset } = readCursor(
        `FROM golang:1.27 AS build\nRUN go build -o /out/a .\nFROM alpine:3.22\n${fixture}`,
      );
      return hoverDockerfile(modelOf(text, { context, images: shippedImages }), offset)?.markdown;
    };
    expect(at("COPY go.<|>mod ./")).toBe("**go.mod** in the build context: a file of 8 bytes");
    expect(at("COPY ./c<|>md /x")).toBe(
      "**cmd** in the build context: a folder, of which the content is copied",
    );
    expect(at("COPY b.l<|>og /x")).toBe(
      "**b.log** in the build context: left out of the build by `*.log` of its ignore file",
    );
    expect(at("COPY *.mo<|>d /x/")).toBe("`*.mod` in the build context\n\n- `go.mod`");
    expect(at("COPY --from=build /out<|>/a /x")).toBe(
      "**/out/a** in `build`: a file that belongs to `root:root`",
    );
    expect(at("ONBUILD COPY go.<|>mod /x")).toBeUndefined();
  });

  test("a user and a program: are they there, and why", () => {
    expect(hover("FROM alpine:3.22\nUSER no<|>body")).toMatch(
      /^\*\*nobody\*\*: a user of this image\n\n- .*65534/,
    );
    expect(hover("FROM alpine:3.22\nUSER sh<|>op:web")).toMatch(/^\*\*shop\*\*: no user of this image/);
    expect(hover("FROM alpine:3.22\nUSER 10<|>00")).toBe("**1000**: a user by its id");
    expect(hover('FROM alpine:3.22\nHEALTHCHECK CMD ["cu<|>rl"]')).toMatch(
      /^\*\*curl\*\*: not in this image/,
    );
    expect(hover('FROM alpine:3.22\nCOPY a /a\nCMD ["/<|>a", "-v"]')).toMatch(/^\*\*\/a\*\*: a file/);
    expect(hover('FROM alpine:3.22\nCMD ["sh", "<|>-c"]')).toBeUndefined();
  });

  test("a label that registries read", () => {
    expect(hover("FROM alpine\nLABEL org.opencontainers.image.so<|>urce=x")).toContain("GitHub");
  });

  test("an image that was read: what it holds, from where and when", () => {
    const text = hoverRead(reading({ platform: "linux/arm64" }));
    expect(text).toMatch(/Read from the image on this machine \(sha256:a{12}\), 2026-11-25; linux\/arm64\./);
    expect(text).toContain("- Has: `sh`, `busybox`, `wget`, `tar`, ");
    expect(text).toMatch(/- Lacks: .*`curl`/);
    expect(hoverRead(reading(), false)).toContain("Read from the image that was on this machine");
  });

  test("of hundreds of programs those that are asked for", () => {
    const many = ["sh", "curl", ...Array.from({ length: 500 }, (_, index) => `program-${index}`)];
    const directories = { "/bin": listing(many), "/usr/bin": listing([]) };
    const absent = ["/sbin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"];
    const text = hoverRead(reading({ contents: { directories, absent } }));
    expect(text).toContain("- Has: `sh`, `curl` and 500 other programs");
  });

  test("an image: its facts, with their source and date", () => {
    const facts = shippedImages.find({ name: "alpine", tag: "3.22", digest: undefined });
    const text = hover("FROM alp<|>ine:3.22");
    expect(text).toContain("**alpine:3.22**");
    expect(text).toContain("musl");
    expect(text).toContain(facts?.source);
    expect(hover("FROM example.com/never/<|>heard:1")).toContain("No facts");
    expect(hover("FROM scr<|>atch")).toContain("Nothing at all");
  });

  test("a stage: what it is at its end, wherever it is named", () => {
    const file = "FROM alpine:3.22 AS base\nUSER 1000\nWORKDIR /srv\n";
    for (const use of [
      "FROM ba<|>se",
      "FROM alpine\nCOPY --from=ba<|>se a b",
      "FROM alpine\nCOPY --link --from=BA<|>SE --chmod=1 a b",
      "FROM alpine\nRUN --mount=type=bind,from=ba<|>se true",
    ]) {
      expect(hover(file + use)).toContain("**base, on alpine:3.22**");
      expect(hover(file + use)).toContain("- User: `1000`");
    }
  });

  test("a variable: its value where it stands", () => {
    expect(hover("FROM alpine\nENV A=1\nENV A=2\nRUN echo $<|>A\nENV A=3")).toContain("**A** = `2`");
    expect(hover(`FROM alpine\nENV A=1\nRUN echo \${<|>A:-x}`)).toContain("`1`");
    expect(hovered(`FROM alpine\nENV A=1\nRUN echo \${<|>A:-x}`)).toBe("A");
    expect(hover("FROM alpine\nRUN echo $TARGET<|>ARCH")).toContain("GOARCH");
  });

  test("a size budget, and whose it is", () => {
    const file = "FROM alpine AS build\n# plimsoll: max-si<|>ze=25MiB\nFROM scratch AS app\n";
    expect(hover(file)).toBe(
      "**Size budget**\n\nAt most **26 MB** for the image of app, on scratch: on disk, all layers unpacked. Checked after each build and weighing, and by `plimsoll size`.",
    );
    expect(hovered(file)).toBe("max-size=25MiB");
    expect(hover("# plimsoll: max-transfer=2<|>5\nFROM alpine")).toContain("this (\\`25\\` lacks a unit");
  });

  test("directives, and rules in comments", () => {
    expect(hover("# syn<|>tax=docker/dockerfile:1\nFROM alpine")).toContain("frontend");
    expect(hover("# plimsoll ignore=runs-as<|>-root\nFROM alpine")).toContain("runs-as-root");
  });

  test("nothing on an ordinary word", () => {
    expect(hover("FROM alpine\nRUN ec<|>ho hello")).toBeUndefined();
    expect(hover("FROM alpine\n<|>\nRUN x")).toBeUndefined();
  });
});

describe("in a Compose file", () => {
  const dockerfiles = { Dockerfile: "FROM golang AS build\nFROM alpine AS final\nUSER 1000\n" };
  const ask = (fixture: string) => {
    const { text, offset } = readCursor(fixture);
    return hoverCompose(composeOf(text, { images: shippedImages, dockerfiles }), offset)?.markdown;
  };

  test("keys", () => {
    expect(ask("services:\n  a:\n    depends<|>_on: []")).toContain("started before this one");
    expect(ask("services:\n  a:\n    rest<|>art: always")).toContain("`unless-stopped`");
    expect(ask("services:\n  a:\n    x-my<|>own: 1")).toBeUndefined();
  });

  test("a service, on its name and where it is waited for", () => {
    const file = "services:\n  api:\n    build: .\n    depends_on: [d<|>b]\n  db:\n    image: postgres:18\n";
    expect(ask(file)).toMatch(/^\*\*db\*\*\n\n- Image: `postgres:18`/);
    expect(ask(file.replace("<|>", "").replace("api:", "ap<|>i:"))).toContain(
      "Built from: `.`, final, on alpine",
    );
  });

  test("an image and a build target", () => {
    expect(ask("services:\n  db:\n    image: post<|>gres:18\n")).toContain("**postgres:18**");
    expect(ask("services:\n  api:\n    build:\n      context: .\n      target: fi<|>nal\n")).toContain(
      "**final, on alpine**",
    );
  });
});
