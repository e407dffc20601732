import type { Answer } from "../../model/known.ts";
import { bindingIn } from "../../model/stage/commands/go-sources.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { saysText } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { startedBinary } from "../knowledge/started/started-binary.ts";
import { stageRule } from "../rule.ts";

export const goBinaryNeedsCgo = stageRule({
  id: "go-binary-needs-cgo",
  title: "Go program built without the C that its database driver is",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`go build\` with \`CGO_ENABLED=0\`, or without a C compiler, which turns cgo off as well, of a program that the image starts and that imports \`github.com/mattn/go-sqlite3\`, by
      itself or through GORM's driver.`,
    why: source`
      Without cgo the driver is a stub: the build succeeds, and the first use ends with "go-sqlite3 requires cgo to work. This is a
      stub". With cgo the builder needs a C compiler and the image the C library, or take a driver in pure Go, such as
      \`modernc.org/sqlite\`.`,
    context: {
      "go.mod": "module example.com/api\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n",
      "main.go": 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n\nfunc main() {}\n',
    },
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /api .
                        ^^^^^^^^ go-binary-needs-cgo: Without cgo github.com/mattn/go-sqlite3 (main.go) is a stub that opens no database.
      FROM debian:13-slim
      COPY --from=builder /api /api
      ENTRYPOINT ["/api"]`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=1 go build -o /api .
      FROM debian:13-slim
      COPY --from=builder /api /api
      ENTRYPOINT ["/api"]`,
  },

  check(stage, report) {
    const binary = stage.isFinal ? startedBinary(stage) : undefined;
    const build = binary?.file.binary?.builtBy;
    if (!binary?.builder || !build) return;
    const used = bindingIn(binary.sources);
    if (!used || !STUBS.test(used.module)) return;
    const command = binary.builder.commandsOf(build)?.commands.find(isBuild);
    if (!command?.name) return;
    const cgo = cgoOf(command, build, binary.builder);
    const compiler = cgo === "" ? compilerFor(command, build, binary.builder) : undefined;
    if (cgo !== "0" && compiler?.is !== "no") return;
    const without = compiler ? "Without gcc there is no cgo, and" : "Without cgo";
    report(
      { start: command.name.span.start, end: command.arguments[0]?.span.end ?? command.name.span.end },
      `${without} ${used.module} (${used.path}) is a stub that opens no database.`,
      { related: compiler?.because ?? [] },
    );
  },
});

/** Of these the package without cgo is there, and does nothing. */
const STUBS = /^(?:github\.com\/mattn\/go-sqlite3|gorm\.io\/driver\/sqlite)$/;

function isBuild({ name, arguments: words }: Command): boolean {
  return /(?:^|\/)go$/.test(name?.literal ?? "") && /^(?:build|install)$/.test(words[0]?.literal ?? "");
}

/** Since Go 1.20 cgo is off where nobody asks for it and there is no C compiler (golang/go#47251 and cmd/go/testdata/script/autocgo.txt, read 2026-11-28). */
function compilerFor(command: Command, run: Instruction, stage: Stage): Answer | undefined {
  const { base } = stage.bottom;
  const version = base.kind === "image" ? /^1\.(\d+)/.exec(base.image.tag ?? "")?.[1] : undefined;
  const state = stage.beforeCommand(command, run);
  const mayBeOld = version === undefined || Number(version) < 20;
  return mayBeOld || state.isSet("CC").is !== "no" || saysText("CC=", run) ? undefined : state.hasTool("gcc");
}

/** The value of CGO_ENABLED for a command; undefined where it is not known. */
function cgoOf({ assignments }: Command, run: Instruction, stage: Stage): string | undefined {
  const own = assignments.find((it) => it.name === "CGO_ENABLED");
  if (own) return own.value?.literal;
  const texts = [run.body.text, ...run.hereDocuments.map((it) => it.text.text)];
  const said = new Set(
    texts.flatMap((text) => [...text.matchAll(/\bexport\b[^;&|\n]*\bCGO_ENABLED=(\d)/g)].map((it) => it[1])),
  );
  if (said.size > 0) return said.size === 1 ? [...said][0] : undefined;
  if (saysText("CGO_ENABLED", run)) return undefined;
  const state = stage.before(run);
  if (state.isSet("CGO_ENABLED").is === "no") return "";
  const set = state.variable("CGO_ENABLED");
  return set.known ? set.value : undefined;
}
