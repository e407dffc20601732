import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { Binary, KnownFile } from "../../model/stage/state.ts";
import { source } from "../../text/source.ts";
import { scriptsMention } from "../knowledge/binaries/built-by.ts";
import { bringsLoader } from "../knowledge/binaries/foreign-binaries.ts";
import { glibcOf } from "../knowledge/binaries/glibc-versions.ts";
import { stageRule } from "../rule.ts";

export const newerLibcNeeded = stageRule({
  id: "newer-libc-needed",
  title: "Program linked against a newer glibc than its image has",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.3.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a program that cargo, a C compiler or \`go build\` with cgo linked dynamically in a stage whose glibc is newer than
      that of the stage it is copied to: built on Debian 12, run on Debian 11. Where the releases alone do not decide it, the
      finding is an info.`,
    why: source`
      A program asks for functions in the version that it was linked against. What is linked against glibc 2.34 or newer asks for
      the function that starts it in that version, and ends on an older one at once with "version GLIBC_2.34 not found". Between
      later releases it depends on what the program calls: number parsing in C came anew with 2.38, and what Rust starts processes
      with came with 2.39. Build on the release that the program runs on, or on an older one.`,
    bad: source`
      FROM debian:12 AS builder
      RUN apt-get update && apt-get install -y gcc libc6-dev
      COPY main.c .
      RUN gcc -O2 -o /out/tool main.c
      FROM debian:11-slim
      COPY --from=builder /out/tool /usr/local/bin/tool
      ^^^^ newer-libc-needed: /usr/local/bin/tool needs glibc 2.34 or newer, and debian:11-slim has 2.31.`,
    good: source`
      FROM debian:11 AS builder
      RUN apt-get update && apt-get install -y gcc libc6-dev
      COPY main.c .
      RUN gcc -O2 -o /out/tool main.c
      FROM debian:12-slim
      COPY --from=builder /out/tool /usr/local/bin/tool`,
  },

  check(stage, report) {
    const reported = new Set<KnownFile["writtenBy"]>();
    const { files, libc } = stage.result;
    let isOpen: boolean | undefined;
    for (const { path, binary, writtenBy: copy } of files) {
      if (!isLinkedAgainstGlibc(binary) || reported.has(copy)) continue;
      if (copy.name !== "COPY" || !stage.instructions.includes(copy)) continue;
      const builder = stage.model.stages.find((it) => it.instructions.includes(binary.builtBy));
      if (!builder) continue;
      const [here, there] = [glibcOf(stage), glibcOf(builder)];
      if (here === undefined || there === undefined || there <= here) continue;
      const isCertain = here < START && there >= START;
      const border = MAY_NEED[binary.language];
      const mayFail = border !== undefined && here < border && there >= border;
      if (!isCertain && !mayFail) continue;
      isOpen ??= bringsLoader(stage, files) || mayHaveOtherLibc(stage);
      if (isOpen) return;
      if (linksForOlder(builder)) continue;

      reported.add(copy);
      const where = stage.base.word?.raw ?? `stage ${stage.index}`;
      const message = isCertain
        ? `${path} needs glibc 2.${START} or newer, and ${where} has 2.${here}.`
        : `${path} is linked against glibc 2.${there}, and ${where} has 2.${here}: it may ask for functions that are not there.`;
      report(copy.keyword, message, {
        related: [
          ...binary.linkage.because,
          { message: `This stage has glibc 2.${there}.`, span: (builder.base.word ?? builder.from).span },
          ...libc.because,
        ],
        ...(!isCertain && { severity: "info" }),
      });
    }
  },
});

/**
 * Since glibc 2.34 the function that starts a program has a version of its own, as those of libpthread have (its NEWS of 2021-08),
 * so that each program linked against it asks for that.
 */
const START = 34;

/**
 * What common programs of a language ask for and older releases lack: `__isoc23_strtol` and its like of 2.38, which C and C++ take
 * with `_GNU_SOURCE`, and `pidfd_spawnp` of 2.39 in Rust's standard library (glibc's NEWS, read 2026-11).
 */
const MAY_NEED: Readonly<Partial<Record<Binary["language"], number>>> = { c: 38, rust: 39 };

function isLinkedAgainstGlibc(binary: Binary | undefined): binary is Binary {
  return (
    binary?.linkage.known === true &&
    binary.linkage.value !== "static" &&
    binary.linkage.value.libc === "glibc"
  );
}

/** Another release's packages, or a libc by name, may have come into the image. */
function mayHaveOtherLibc(stage: Stage): boolean {
  for (const it of stagesDownFrom(stage)) if (scriptsMention(it, OTHER_LIBC)) return true;
  return false;
}

const OTHER_LIBC = /sources\.list|\blibc6\b|\bglibc\b|dist-upgrade|do-release-upgrade|conda/;

/** Zig, sysroots and toolsets link for an older release on a new one. */
function linksForOlder(builder: Stage): boolean {
  return scriptsMention(builder, /\bzig|sysroot|manylinux|toolset|symver/);
}
