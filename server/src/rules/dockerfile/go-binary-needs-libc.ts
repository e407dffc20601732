import { bindingIn } from "../../model/stage/commands/go-sources.ts";
import { holdingStage } from "../../model/stage/holding-stage.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { buildCommand } from "../knowledge/binaries/built-by.ts";
import { strangersIn } from "../knowledge/binaries/foreign-binaries.ts";
import { usesC } from "../knowledge/commands/go-build.ts";
import { type Fix, stageRule } from "../rule.ts";

export const goBinaryNeedsLibc = stageRule({
  id: "go-binary-needs-libc",
  title: "Go binary that needs a C library its image lacks",
  severity: "warning",
  tags: ["run"],
  aliases: ["S16", "glibc-binary-on-musl", "S17", "dynamic-binary-in-scratch"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  oncePerPlace: true,
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

  check(stage, report) {
    for (const { file, libc, because } of strangersIn(stage, (it) => it === "go")) {
      const builder = holdingStage(file.builtBy, stage.model);
      const command = builder && buildCommand(file.binary, builder);
      const verb = command?.arguments[0];
      if (!builder || !command?.name || !verb) continue;

      const where = stage.base.word?.raw ?? `stage ${stage.index}`;
      const span = { start: command.name.span.start, end: verb.span.end };
      report(span, `${file.path} needs ${libc}, which is not in ${where}.`, {
        related: because,
        // Without cgo what it binds would be missing, and exec form has no place for a variable.
        fixes: bindingIn(file.binary.sources ?? []) || file.builtBy.exec ? [] : fixesOf(command, builder),
      });
    }
  },
});

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
