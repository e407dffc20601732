import { isOwn } from "../../model/stage/holding-stage.ts";
import { source } from "../../text/source.ts";
import { strangersIn } from "../knowledge/binaries/foreign-binaries.ts";
import { stageRule } from "../rule.ts";

export const foreignLibc = stageRule({
  id: "foreign-libc",
  title: "Rust or C program that needs a C library its image lacks",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a program that cargo or a C compiler linked dynamically, and that is copied to an image with another C library or
      none: built on Debian (glibc), run on Alpine (musl), \`scratch\` or \`distroless/static\`. For Go see
      \`go-binary-needs-libc\`.`,
    why: source`
      The program names a loader that is not there, and the container ends at once with "no such file or directory". Build on
      the same system, build statically (\`--target x86_64-unknown-linux-musl\`, \`-static\`), or take an image with glibc:
      Debian's \`-slim\` or \`distroless/cc\`.`,
    bad: source`
      FROM gcc:15 AS builder
      COPY main.c .
      RUN gcc -O2 -o /out/tool main.c
      FROM alpine:3.24
      COPY --from=builder /out/tool /usr/local/bin/tool
      ^^^^ foreign-libc: /usr/local/bin/tool needs glibc, which is not in alpine:3.24.`,
    good: source`
      FROM gcc:15 AS builder
      COPY main.c .
      RUN gcc -O2 -static -o /out/tool main.c
      FROM alpine:3.24
      COPY --from=builder /out/tool /usr/local/bin/tool`,
  },

  check(stage, report) {
    const reported = new Set<unknown>();
    for (const { file, libc, because } of strangersIn(stage, (it) => it !== "go")) {
      const copy = stage.result.fileAt(file.path)?.writtenBy;
      // What a stage below copied is reported there.
      if (!copy || reported.has(copy) || !isOwn(copy, stage)) continue;
      reported.add(copy);
      const where = stage.base.word?.raw ?? `stage ${stage.index}`;
      report(copy.keyword, `${file.path} needs ${libc}, which is not in ${where}.`, { related: because });
    }
  },
});
