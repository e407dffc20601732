import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { insert, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { inheritsWorkdir } from "../knowledge/files/workdirs.ts";
import { type Fix, stageRule } from "../rule.ts";

export const relativeWorkdir = stageRule({
  id: "relative-workdir",
  title: "Working directory that depends on the base image",
  severity: "warning",
  tags: ["clarity", "reproducible"],
  aliases: ["DL3000", "WorkdirRelativePath", "DS-0009", "CKV_DOCKER_10", "S7021"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a relative path in the first WORKDIR of a stage, unless a stage that it is built from has a WORKDIR
      already. A relative path behind another WORKDIR of the file goes on from there, and is left alone.`,
    why: source`
      The path starts at the working directory of the base image, which is written nowhere in the file and may be
      another one in the next version of the image.`,
    bad: source`
      FROM alpine:3.24
      WORKDIR app
              ^^^ relative-workdir: app starts wherever the base image's working directory is.`,
    good: source`
      FROM alpine:3.24
      WORKDIR /app
      WORKDIR data`,
  },
  onlyWith: { instructions: ["WORKDIR"] },

  check(stage, report) {
    const workdir = stage.instructions.find((it) => it.name === "WORKDIR");
    const [word] = workdir?.words ?? [];
    if (!workdir || !word || inheritsWorkdir(stage)) return;
    const value = wordValue(word, workdir, stage);
    // Of a path in front of a variable that is not known it is seen that it is relative.
    const path = value ?? /^["']?([^$"'\\`]+)/.exec(word.raw)?.[1] ?? "";
    if (path === "" || isAbsolute(path) || isAbsolute(withoutQuotes(word.raw))) return;
    report(word.span, `${value ?? word.raw} starts wherever the base image's working directory is.`, {
      fixes: fixesOf(word, value, workdir, stage),
    });
  },
});

/** Windows paths among them: `C:\app`, `C:/app` and `\app`; `\$app` is a name that begins with a dollar sign. */
function isAbsolute(path: string): boolean {
  return /^(?:\/|\\(?!\$)|[A-Za-z]:(?:[/\\]|$))/.test(path);
}

function withoutQuotes(raw: string): string {
  return raw.replace(/^["']/, "");
}

function fixesOf(word: Word, value: string | undefined, workdir: Instruction, stage: Stage): Fix[] {
  const before = stage.before(workdir).workdir;
  const from = before.known ? before.value : "/";
  const absolute = value === undefined ? undefined : resolvePath(from, value);
  if (absolute === undefined) return [];
  const [quote = ""] = /^["']/.exec(word.raw) ?? [];
  // Only the front changes where the rest is to stay as it is written; dots are resolved.
  const isPlain = !/(^|\/)\.{1,2}(\/|$)/.test(value ?? "");
  if (!isPlain && word.raw !== value) return [];
  const edit = isPlain
    ? insert(word.span.start + quote.length, from === "/" ? "/" : `${from}/`)
    : replace(word.span, absolute);
  return [{ kind: before.known ? "safe" : "unsafe", title: `Write ${absolute}`, edits: [edit] }];
}
