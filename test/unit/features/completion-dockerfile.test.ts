import { describe, expect, test } from "vitest";
import { completeDockerfile } from "../../../server/src/features/completion/dockerfile.ts";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { readCursor } from "../../support/cursor.ts";
import { contextOf, modelOf } from "../../support/model.ts";

const context = contextOf({ "go.mod": "", "cmd/main.go": "", "cmd/tool/main.go": "" });

function candidates(fixture: string) {
  const { text, offset } = readCursor(fixture);
  return completeDockerfile(modelOf(text, { images: shippedImages, context }), offset);
}

function labels(fixture: string): string[] {
  return candidates(fixture).map((it) => it.label);
}

/** In the order of an editor's list. */
function shown(fixture: string): string[] {
  return candidates(fixture)
    .toSorted((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1))
    .map((it) => it.label);
}

/** The text after the candidate was taken. */
function taken(fixture: string, label: string): string {
  const found = candidates(fixture).find((it) => it.label === label);
  if (!found) throw new Error(`${label} is not among ${labels(fixture).join(", ")}`);
  return applyEdits(readCursor(fixture).text, [found.edit]);
}

describe("instructions", () => {
  test("only FROM and ARG may begin a file", () => {
    const keywords = candidates("F<|>").filter((it) => it.kind === "keyword");
    expect(new Set(keywords.map((it) => it.label.split(" ")[0]))).toEqual(new Set(["FROM", "ARG"]));
    expect(shown("<|>")[0]).toBe("FROM");
  });

  test("whole files where there is nothing yet, and nowhere else", () => {
    expect(labels("<|>")).toContain("go-distroless");
    expect(taken("# a comment\nnode<|>\n", "node")).toMatch(/^# a comment\n# syntax=[^\n]*\nFROM /);
    for (const it of ["FROM alpine\n<|>", "<|>\nFROM alpine", "FROM alpine\nRUN a \\\n  g<|>", "ONBUILD <|>"])
      expect(labels(it), it).not.toContain("go-distroless");
  });

  test("all of them in a stage, with placeholders", () => {
    expect(labels("FROM alpine\n<|>")).toContain("HEALTHCHECK");
    expect(taken("FROM alpine\nWOR<|>", "WORKDIR")).toBe(`FROM alpine\nWORKDIR \${1:/app}`);
  });

  test("who writes lower case gets lower case", () => {
    expect(taken("FROM alpine\nexp<|>", "expose")).toBe(`FROM alpine\nexpose \${1:8080}`);
  });

  test("behind ONBUILD, none that BuildKit refuses there", () => {
    const found = labels("FROM alpine\nONBUILD <|>");
    expect(found).toContain("RUN");
    expect(found).not.toContain("FROM");
    expect(found).not.toContain("ONBUILD");
  });

  test("a continuation takes the file's escape character", () => {
    expect(taken("# escape=`\nFROM alpine\nRUN<|>", "RUN (with a cache)")).toContain("} `\n");
  });

  test("nothing in a continued line or in a comment", () => {
    expect(labels("FROM alpine\nRUN a \\\n  <|>")).toEqual([]);
    expect(labels("FROM alpine\n# no<|>thing")).toEqual([]);
  });
});

describe("flags", () => {
  test("of every instruction that has some", () => {
    expect(labels("FROM --<|>")).toEqual(["--platform="]);
    expect(labels("FROM alpine\nRUN --<|>")).toEqual(["--mount=", "--network=", "--security=", "--device="]);
    expect(labels("FROM alpine\nCOPY --<|>")).toContain("--exclude=");
    expect(labels("FROM alpine\nADD --<|>")).toContain("--unpack=");
    expect(labels("FROM alpine\nHEALTHCHECK --<|>")).toContain("--start-interval=");
    expect(labels("FROM alpine\nWORKDIR --<|>")).toEqual([]);
  });

  test("each once, but those that can be repeated", () => {
    const found = labels("FROM alpine\nCOPY --link --exclude=a --<|> . .");
    expect(found).not.toContain("--link");
    expect(found).toContain("--exclude=");
  });

  test("not behind the first argument", () => {
    expect(labels("FROM alpine\nRUN tar --<|>")).toEqual([]);
  });

  test("their values", () => {
    expect(labels("FROM alpine\nRUN --network=<|>")).toEqual(["default", "none", "host"]);
    expect(labels("FROM --platform=<|> alpine")).toContain("linux/arm64");
  });

  test("behind what mostly comes, where no argument is typed yet", () => {
    expect(shown("FROM alpine\nCOPY <|>").slice(0, 3)).toEqual(["cmd/", "go.mod", "--chmod="]);
    expect(shown("FROM <|>").at(-1)).toBe("--platform=");
    expect(shown("FROM alpine\nHEALTHCHECK <|>").at(-1)).toBe("--timeout=");
    expect(labels("FROM alpine\nCOPY g<|>")).not.toContain("--from=");
    expect(labels("FROM alpine\nCOPY a <|>")).not.toContain("--from=");
  });

  test("over a continuation", () => {
    expect(taken("FROM alpine\nRUN --network=none \\\n  --mo<|>", "--mount=")).toBe(
      "FROM alpine\nRUN --network=none \\\n  --mount=",
    );
  });
});

describe("RUN --mount", () => {
  test("its types come first, with what they need", () => {
    expect(taken("FROM alpine\nRUN --mount=<|>", "type=secret")).toBe(
      `FROM alpine\nRUN --mount=type=secret,id=\${1:token}`,
    );
    expect(labels("FROM alpine\nRUN --mount=type=<|>")).toEqual(["bind", "cache", "secret", "ssh", "tmpfs"]);
  });

  test("fields of the type that is written, each once", () => {
    const found = labels("FROM alpine\nRUN --mount=type=cache,target=/x,<|>");
    expect(found).toContain("sharing=");
    expect(found).not.toContain("target=");
    expect(found).not.toContain("env=");
    expect(labels("FROM alpine\nRUN --mount=type=cache,sharing=<|>")).toEqual([
      "shared",
      "locked",
      "private",
    ]);
  });

  test("what its fields name: sources, names given elsewhere, folders of caches", () => {
    const file = "FROM golang:1.27 AS build\nRUN go build -o /out/api .\nFROM alpine:3.22\n";
    expect(labels(`${file}RUN --mount=type=bind,source=<|>`)).toEqual(["go.mod", "cmd/"]);
    expect(labels(`${file}RUN --mount=type=bind,from=build,src=/<|>`)).toContain("/out/api");
    expect(labels("FROM golang:1.27\nRUN --mount=type=cache,target=<|>")).toContain("/go/pkg/mod");
    const secrets =
      "FROM alpine\nRUN --mount=type=secret,id=npm a\nRUN --mount=type=cache,id=c,target=/c b\n";
    expect(labels(`${secrets}RUN --mount=type=secret,id=<|>`)).toEqual(["npm"]);
  });

  test("stages behind from=", () => {
    expect(labels("FROM golang AS build\nFROM alpine\nRUN --mount=from=<|>")).toContain("build");
  });
});

describe("stages and images", () => {
  const file = "FROM golang:1.26 AS build\nFROM node AS web\nFROM alpine\n";

  test("earlier stages behind --from= and FROM", () => {
    expect(labels(`${file}COPY --from=<|>`).slice(0, 2)).toEqual(["build", "web"]);
    expect(labels("FROM golang AS build\nFROM <|>")[0]).toBe("build");
    expect(taken(`${file}COPY --from=b<|> /a /b`, "build")).toBe(`${file}COPY --from=build /a /b`);
  });

  test("not the own stage, and none that comes later", () => {
    const found = labels("FROM alpine AS first\nCOPY --from=<|>\nFROM alpine AS later\n");
    expect(found).not.toContain("first");
    expect(found).not.toContain("later");
  });

  test("names and tags of images from facts", () => {
    expect(labels("FROM al<|>")).toContain("alpine");
    expect(labels("FROM al<|>")).toContain("scratch");
    const tags = labels("FROM alpine:<|>");
    expect(tags).toEqual(shippedImages.tags("alpine"));
    expect(tags.length).toBeGreaterThan(0);
    expect(taken("FROM alpine:3<|>", tags[0] ?? "")).toBe(`FROM alpine:${tags[0]}`);
  });

  test("AS behind the image, then nothing: the name is the user's", () => {
    expect(labels("FROM alpine <|>")).toEqual(["AS"]);
    expect(labels("FROM alpine AS <|>")).toEqual([]);
  });

  test("no digest is guessed", () => {
    expect(labels("FROM alpine@<|>")).toEqual([]);
  });
});

describe("variables", () => {
  const file = "ARG VERSION=1.2\nFROM alpine\nARG VERSION\nENV MODE=fast LEVEL=3\n";

  test("behind $ and ${, with the brace closed", () => {
    expect(labels(`${file}RUN echo $<|>`).slice(0, 3)).toEqual(["VERSION", "MODE", "LEVEL"]);
    expect(taken(`${file}RUN echo \${M<|>`, "MODE")).toBe(`${file}RUN echo \${MODE}`);
    expect(taken(`${file}RUN echo \${M<|>}`, "MODE")).toBe(`${file}RUN echo \${MODE}`);
  });

  test("with the value that counts", () => {
    const found = candidates(`${file}RUN echo $<|>`).find((it) => it.label === "VERSION");
    expect(found?.detail).toBe("ARG VERSION=1.2");
  });

  test("a FROM sees what stands before the first one, and the platforms", () => {
    const found = labels("ARG BASE=alpine\nFROM alpine\nENV INSIDE=1\nFROM $<|>");
    expect(found).toContain("BASE");
    expect(found).toContain("TARGETPLATFORM");
    expect(found).not.toContain("INSIDE");
  });

  test("not those of another stage, but those of the base stage", () => {
    const text = "FROM alpine AS a\nENV A=1\nFROM alpine AS b\nENV B=1\nFROM a\nRUN echo $<|>";
    expect(labels(text)).toContain("A");
    expect(labels(text)).not.toContain("B");
  });

  test("in a here-document too", () => {
    expect(labels("FROM alpine\nENV MODE=1\nRUN <<EOF\necho $<|>\nEOF\n")).toContain("MODE");
  });
});

describe("arguments", () => {
  test("users of the base image, and those that were made", () => {
    const found = labels("FROM alpine:3.22\nRUN adduser -S -D app\nUSER <|>");
    expect(found).toContain("app");
  });

  test("groups behind the user, for USER and --chown", () => {
    const file = "FROM alpine:3.22\nRUN addgroup -S web && adduser -S -D -G web app\n";
    expect(labels(`${file}USER app:<|>`)).toContain("app:web");
    expect(taken(`${file}COPY --chown=app:w<|> . .`, "app:web")).toBe(`${file}COPY --chown=app:web . .`);
    expect(labels(`${file}USER app:<|>`)).not.toContain("app");
  });

  test("labels that registries read, each once", () => {
    expect(taken("FROM alpine\nLABEL org<|>", "org.opencontainers.image.licenses")).toBe(
      `FROM alpine\nLABEL org.opencontainers.image.licenses="\${1:MIT}"`,
    );
    const found = labels("FROM alpine\nLABEL org.opencontainers.image.source=x <|>");
    expect(found).toContain("org.opencontainers.image.version");
    expect(found).not.toContain("org.opencontainers.image.source");
    expect(labels("FROM alpine\nLABEL a=<|>")).toEqual([]);
  });

  test("variables that the programs of the image read", () => {
    expect(shown("FROM golang:1.27\nENV <|>")[0]).toBe("CGO_ENABLED");
    expect(shown("FROM node:24-alpine\nENV <|>")[0]).toBe("NODE_ENV");
    expect(labels("FROM postgres:18\nENV <|>")).toContain("POSTGRES_DB");
    expect(labels("FROM alpine\nENV MODE=1\nENV <|>")).toContain("MODE");
    expect(labels("FROM alpine\nENV TZ=x L<|>")).not.toContain("TZ");
    expect(labels("FROM alpine\nENV A=<|>")).toEqual([]);
    expect(labels("FROM alpine\nENV A <|>")).toEqual([]);
  });

  test("ports: that of the stage first, and protocols behind a slash", () => {
    expect(shown("FROM alpine\nENV PORT=3333\nEXPOSE <|>")[0]).toBe("3333");
    expect(labels("FROM alpine\nEXPOSE 53/<|>")).toEqual(["53/tcp", "53/udp"]);
  });

  test("shells that the image has", () => {
    expect(labels("FROM alpine:3.22\nSHELL <|>")).not.toContain('["/bin/bash", "-euo", "pipefail", "-c"]');
    expect(labels("FROM golang:1.27\nSHELL [<|>")[0]).toBe('["/bin/bash", "-euo", "pipefail", "-c"]');
  });

  test("health checks with a program that is there", () => {
    expect(taken("FROM alpine:3.22\nEXPOSE 9000\nHEALTHCHECK CMD <|>", "wget")).toContain(
      "HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:9000/ || exit 1",
    );
    expect(shown("FROM alpine:3.22\nHEALTHCHECK <|>")[0]).toBe("CMD wget");
    expect(labels("FROM alpine:3.22\nHEALTHCHECK CMD <|>")).not.toContain("curl");
    expect(labels("FROM alpine:3.22\nHEALTHCHECK --interval=5s CMD wget <|>")).toEqual([]);
  });

  test("programs: how the image installs, and what a stage was given", () => {
    expect(taken("FROM alpine:3.22\nRUN <|>", "apk install")).toBe(
      `FROM alpine:3.22\nRUN apk add --no-cache \${1:package}`,
    );
    expect(shown("FROM debian:13\nRUN a<|>")[0]).toBe("apt-get install");
    expect(labels("FROM alpine:3.22\nRUN w<|>")).toContain("wget");
    const file =
      "FROM golang:1.27 AS build\nRUN go build -o /out/api .\nFROM alpine:3.22\nCOPY --from=build /out/api /api\n";
    expect(shown(`${file}ENTRYPOINT ["<|>"]`)[0]).toBe("/api");
    expect(taken(`${file}CMD [<|>`, "/api")).toBe(`${file}CMD ["/api"`);
    expect(labels(`${file}CMD ["/api", "<|>"]`)).toEqual([]);
    // So many programs are no help before something is typed.
    expect(labels('FROM alpine:3.22\nCMD ["<|>"]')).toEqual([]);
    expect(labels('FROM alpine:3.22\nCMD ["w<|>"]')).toContain("wget");
  });

  test("here-documents", () => {
    expect(taken("FROM alpine\nRUN <<<|>", "<<EOF")).toBe("FROM alpine\nRUN <<EOF\nset -e\n$0\nEOF");
    expect(labels("FROM alpine\nRUN <<E<|>")).toEqual(["<<EOF"]);
    expect(labels("FROM alpine\nCOPY <<<|>")).toEqual(["<<EOF"]);
  });

  test("ports, signals, health checks, folders", () => {
    expect(labels("FROM alpine\nEXPOSE <|>")).toContain("8080");
    expect(labels("FROM alpine\nSTOPSIGNAL SIG<|>")).toContain("SIGQUIT");
    expect(shown("FROM scratch\nHEALTHCHECK <|>").slice(0, 2)).toEqual(["CMD", "NONE"]);
    expect(labels("FROM alpine\nWORKDIR /srv\nWORKDIR <|>")).toEqual(["/srv"]);
    expect(labels("FROM alpine\nWORKDIR /srv\nVOLUME <|>")).toEqual(["/srv"]);
    expect(labels("ARG A=<|>\nFROM alpine")).toEqual([]);
  });

  test("ARG repeats what is declared before the first FROM", () => {
    expect(labels("ARG GO=1\nFROM alpine\nARG <|>")[0]).toBe("GO");
  });

  test("sources in the build context", () => {
    expect(labels("FROM alpine\nCOPY <|>").slice(0, 2)).toEqual(["go.mod", "cmd/"]);
    expect(taken('FROM alpine\nCOPY ["cmd/t<|>", "."]', "tool/")).toBe(
      'FROM alpine\nCOPY ["cmd/tool/", "."]',
    );
    expect(taken("FROM alpine\nCOPY ./cmd/t<|> .", "tool/")).toBe("FROM alpine\nCOPY ./cmd/tool/ .");
  });

  test("files of the stage that is copied from, what it compiled first", () => {
    const file =
      "FROM golang:1.27 AS build\nWORKDIR /src\nCOPY go.mod ./\nRUN go build -o /out/api .\nFROM alpine\n";
    expect(shown(`${file}COPY --from=build <|>`).slice(0, 2)).toEqual(["/out/api", "/src/go.mod"]);
    expect(taken(`${file}COPY --from=build /o<|>`, "/out/api")).toBe(`${file}COPY --from=build /out/api`);
    expect(labels(`${file}COPY --from=nginx:1.30 /<|>`)).toEqual([]);
  });

  test("the destination: where the stage stands, then folders that it has", () => {
    const file = "FROM alpine:3.22\nRUN mkdir /data\nWORKDIR /srv\n";
    expect(shown(`${file}COPY go.mod <|>`).slice(0, 3)).toEqual(["./", "/srv/", "/data/"]);
    expect(candidates(`${file}COPY go.mod <|>`)[0]?.detail).toBe("/srv");
    expect(labels(`${file}COPY <<EOF /<|>`)).toContain("/srv/");
    expect(taken(`${file}COPY ["go.mod", "<|>"]`, "/data/")).toBe(`${file}COPY ["go.mod", "/data/"]`);
  });
});

describe("comments", () => {
  test("directives at the top only", () => {
    expect(labels("# <|>")).toEqual([
      "syntax=",
      "escape=",
      "check=",
      "plimsoll ignore=",
      "plimsoll: max-size=",
      "plimsoll: max-transfer=",
      "hadolint ignore=",
    ]);
    expect(labels("# syntax=docker/dockerfile:1\n# <|>")).not.toContain("syntax=");
    expect(labels("FROM alpine\n# <|>")).toEqual([
      "plimsoll ignore=",
      "plimsoll: max-size=",
      "plimsoll: max-transfer=",
      "hadolint ignore=",
    ]);
    expect(labels("# syntax=<|>")[0]).toBe("docker/dockerfile:1");
  });

  test("budgets, and units behind their number", () => {
    expect(labels("# plimsoll: <|>\nFROM alpine")).toEqual(["ignore=", "max-size=", "max-transfer="]);
    expect(taken("# plimsoll: max-t<|>\nFROM alpine", "max-transfer=")).toBe(
      "# plimsoll: max-transfer=\nFROM alpine",
    );
    expect(labels("# plimsoll: max-size=25MB <|>\nFROM alpine")).toEqual(["max-transfer="]);
    expect(taken("# plimsoll: max-size=25M<|>\nFROM alpine", "25MiB")).toBe(
      "# plimsoll: max-size=25MiB\nFROM alpine",
    );
    expect(labels("# plimsoll: max-size=<|>\nFROM alpine")).toEqual([]);
  });

  test("hadolint's names behind its own comment, and values of error=", () => {
    expect(labels("# hadolint ignore=DL3006,<|>\nFROM alpine")).toContain("DL3008");
    expect(labels("# hadolint global ignore=<|>\nFROM alpine")).not.toContain("StageNameCasing");
    expect(labels("# check=skip=all;error=<|>\nFROM alpine")).toEqual(["true", "false"]);
  });

  test("rules behind ignore=", () => {
    expect(labels("# plimsoll ignore=<|>\nFROM alpine")).toContain("runs-as-root");
    expect(taken("# plimsoll ignore=no-shell,runs<|>\nFROM alpine", "runs-as-root")).toContain(
      "no-shell,runs-as-root",
    );
  });
});

test("nothing is thrown at any place of an odd file", () => {
  const text =
    "\uFEFF# escape=`\r\nFROM\nRUN <<A <<-B\n$\nA\n\tB\nCOPY --from= `\n# x\n\n  \nONBUILD HEALTHCHECK --\nHEALTHCHECK CMD\nFROM $ AS\n[";
  for (let offset = 0; offset <= text.length; offset++)
    expect(() => completeDockerfile(modelOf(text), offset), `at ${offset}`).not.toThrow();
});

test("packages of the release behind apt-get install", () => {
  const install = "RUN apt-get update && apt-get install -y --no-install-recommends";
  expect(shown(`FROM debian:12-slim\n${install} \\\n    curl \\\n    libpq<|>`)).toEqual(
    expect.arrayContaining(["libpq-dev", "libpq5"]),
  );
  expect(labels(`FROM node:24-trixie\n${install} openjdk-2<|>`)).toContain("openjdk-21-jdk");
  for (const other of ["FROM alpine:3.24\nRUN apk add cu<|>", `FROM debian:12\n${install} && echo cu<|>`])
    expect(labels(other), other).not.toContain("curl");
  expect(labels(`FROM debian:12\n${install} lib<|>`)).toEqual([]);
});
