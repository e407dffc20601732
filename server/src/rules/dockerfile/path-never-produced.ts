import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { baseName, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { fewTimes } from "../knowledge/few-times.ts";
import { type Fix, stageRule } from "../rule.ts";

export const pathNeverProduced = stageRule({
  id: "path-never-produced",
  title: "Path that the other stage never makes",
  severity: "error",
  tags: ["build"],
  aliases: ["S46", "copy-from-never-produced"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a source of \`COPY --from=stage\` that certainly is not in that stage: its base image does not have it and
      every command of the stage is understood. Silent as soon as one of them might have made it.`,
    why: source`
      The build fails at the very end, after everything was compiled, with "not found".`,
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
      FROM scratch
      COPY --from=builder /out/api /api
                          ^^^^^^^^ path-never-produced: Nothing in builder makes /out/api.`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
      FROM scratch
      COPY --from=builder /out/server /api`,
  },

  check(stage, report) {
    for (const copy of stage.instructions.filter((it) => it.name === "COPY")) {
      const reference = copy.flags.find((it) => it.name === "from")?.value;
      const other = reference === undefined ? undefined : stage.model.findStage(reference);
      if (!other || other === stage) continue;

      for (const word of copy.words.slice(0, -1)) {
        const path = sourcePath(word, copy, stage);
        const there = path === undefined ? undefined : other.result.hasPath(path);
        if (path === undefined || there?.is !== "no") continue;
        report(word.span, `Nothing in ${other.name ?? `stage ${other.index}`} makes ${path}.`, {
          related: there.because,
          fixes: isGuessed(stage.model) ? fixesOf(path, word, other) : [],
        });
      }
    }
  },
});

const isGuessed = fewTimes(notedOnModel, 50);

/** Relative sources of `--from` count from the root. Undefined for wildcards and variables that are not known. */
function sourcePath(word: Word, copy: Instruction, stage: Stage): string | undefined {
  const value = wordValue(word, copy, stage);
  return value && !/[*?[\\]/.test(value) ? resolvePath("/", value) : undefined;
}

function fixesOf(path: string, word: Word, other: Stage): Fix[] {
  const made = other.result.files.filter((it) => it.kind !== "directory");
  const sameName = made.filter((it) => baseName(it.path) === baseName(path));
  const binaries = made.filter((it) => it.binary !== undefined);
  const only = [sameName, binaries].find((it) => it.length === 1)?.[0]?.path;
  const meant =
    only ??
    nearestName(
      path,
      made.map((it) => it.path),
    );
  if (meant === undefined) return [];
  return [{ kind: "unsafe", title: `Copy ${meant}`, edits: [replace(word.span, meant)] }];
}
