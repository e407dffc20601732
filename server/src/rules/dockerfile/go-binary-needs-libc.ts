import type { Stage } from "../../model/stage/stage.ts";
import type { Binary, KnownFile } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { buildCommand } from "../knowledge/built-by.ts";
import { usesC } from "../knowledge/go-build.ts";
import { dockerfileRule, type Fix, type Related } from "../rule.ts";

export const goBinaryNeedsLibc = dockerfileRule({
  id: "go-binary-needs-libc",
  title: "Go binary that needs a C library its image lacks",
  severity: "warning",
  tags: ["run"],
  aliases: ["S16", "glibc-binary-on-musl", "S17", "dynamic-binary-in-scratch"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`go build\` with cgo on, whose binary is then copied to an image with another C library or none: built in
      \`golang:1.27\` (glibc), run on Alpine (musl), \`scratch\` or \`distroless/static\`.`,
    why: source`
      With cgo on, a program that uses the network is linked against the C library of the builder. Where that is
      missing the container ends at once with "no such file or directory", although the file is there: what is
      missing is the loader that the binary names. \`CGO_ENABLED=0\` makes a binary that needs nothing.`,
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN go build -o /out/api .
          ^^^^^^^^ go-binary-needs-libc: /usr/local/bin/api needs glibc, which is not in alpine:3.24.
      FROM alpine:3.24
      COPY --from=builder /out/api /usr/local/bin/api`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/api .
      FROM alpine:3.24
      COPY --from=builder /out/api /usr/local/bin/api`,
  },

  check(model, report) {
    const reported = new Set<Command>();
    for (const stage of model.stages) {
      for (const { file, libc, because } of strangersIn(stage)) {
        const builder = model.stages.find((it) => it.instructions.includes(file.builtBy));
        const command = builder && buildCommand(file.binary, builder);
        const verb = command?.arguments[0];
        if (!builder || !command?.name || !verb || reported.has(command)) continue;

        reported.add(command);
        const where = stage.base.word?.raw ?? `stage ${stage.index}`;
        const span = { start: command.name.span.start, end: verb.span.end };
        report(span, `${file.path} needs ${libc}, which is not in ${where}.`, {
          related: because,
          fixes: fixesOf(command, builder),
        });
      }
    }
  },
});

interface BuiltFile {
  readonly path: string;
  readonly binary: Binary;
  readonly builtBy: Instruction;
}

interface Stranger {
  readonly file: BuiltFile;
  readonly libc: "glibc" | "musl";
  readonly because: readonly Related[];
}

/** Binaries in a stage whose C library is not the stage's own. */
function strangersIn(stage: Stage): Stranger[] {
  const { libc, files } = stage.result;
  if (!libc.known) return [];
  const strangers = files.flatMap((it) => {
    if (it.binary?.language !== "go" || !it.binary.linkage.known) return [];
    const { value, because } = it.binary.linkage;
    if (value === "static" || value.libc === libc.value || stage.instructions.includes(it.binary.builtBy))
      return [];
    const file = { path: it.path, binary: it.binary, builtBy: it.binary.builtBy };
    return [{ file, libc: value.libc, because: [...because, ...libc.because] }];
  });
  return strangers.length > 0 && bringsLoader(stage, files) ? [] : strangers;
}

/** A compatibility package or the other library's own loader makes foreign binaries run. */
function bringsLoader(stage: Stage, files: readonly KnownFile[]): boolean {
  if (
    files.some(
      (it) => /\/(ld-(linux|musl)|libc\.(so|musl))/.test(it.path) || /^\/(usr\/)?lib(64)?$/.test(it.path),
    )
  )
    return true;
  return stage.instructions.some((it) =>
    (stage.scriptOf(it)?.commands ?? []).some((command) =>
      command.arguments.some(
        (word) =>
          /^(gcompat|libc6-compat|musl|glibc)\b/.test(word.literal ?? "") || /glibc.*\.apk$/.test(word.raw),
      ),
    ),
  );
}

function fixesOf(command: Command, builder: Stage): Fix[] {
  if (command.assignments.some((it) => it.name === "CGO_ENABLED")) return [];
  return [
    {
      kind: usesC(command, builder) ? "unsafe" : "safe",
      title: "Build with CGO_ENABLED=0",
      edits: [insert(command.span.start, "CGO_ENABLED=0 ")],
    },
  ];
}
