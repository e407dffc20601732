import { holdingStage } from "../../model/stage/holding-stage.ts";
import { directoryOf, prefixesOf, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { KnownFile } from "../../model/stage/state.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const fileTakenForDirectory = instructionRule({
  id: "file-taken-for-directory",
  title: "File that is taken for a directory",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports WORKDIR, and the destination of COPY and ADD, where the path or a part of it is certainly a file: mostly one that a COPY above
      has made of the directory's name, as its destination ends without \`/\`.`,
    why: source`
      \`COPY package.json /app\` makes a file \`/app\` where no such directory is yet. The build ends with "not a directory" at the
      first instruction that takes it for one. A slash at the end says that it is a directory.`,
    context: { "package.json": "{}" },
    bad: source`
      FROM node:24-alpine
      COPY package.json /app
      WORKDIR /app
              ^^^^ file-taken-for-directory: /app is a file here, and no directory.`,
    good: source`
      FROM node:24-alpine
      COPY package.json /app/
      WORKDIR /app`,
  },
  instructions: ["WORKDIR", "COPY", "ADD"],

  check(instruction, stage, report) {
    const word = instruction.words.at(-1);
    const directory = directoryMeant(instruction, stage);
    if (!word || directory === undefined) return;
    const before = stage.before(instruction);
    for (const path of prefixesOf(directory)) {
      const file = before.fileAt(path);
      if (file?.kind !== "file" || before.hasPath(path).is !== "yes" || !isNew(file, stage)) continue;
      report(word.span, `${path} is a file here, and no directory.`, {
        related: [{ message: "It is made here.", span: file.writtenBy.span }],
        fixes: withSlash(file, stage),
      });
      return;
    }
  },
});

/** Was certainly nothing there before? What is copied to a directory that is there lands in it. */
function isNew({ path, writtenBy }: KnownFile, stage: Stage): boolean {
  return holdingStage(writtenBy, stage.model)?.before(writtenBy).hasPath(path).is === "no";
}

/** The directory that an instruction needs or makes; undefined where it is not known. */
function directoryMeant(instruction: Instruction, stage: Stage): string | undefined {
  if (instruction.name === "WORKDIR") {
    const { workdir } = stage.after(instruction);
    return workdir.known ? workdir.value : undefined;
  }
  const word = instruction.words.at(-1);
  const value = word && instruction.words.length > 1 ? wordValue(word, instruction, stage) : undefined;
  const { workdir } = stage.before(instruction);
  const path =
    value === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, value);
  if (value === undefined || path === undefined) return undefined;
  return /(?:^|\/)\.{0,2}$/.test(value) ? path : directoryOf(path);
}

function withSlash({ writtenBy, path }: KnownFile, stage: Stage): readonly Fix[] {
  const word = writtenBy.words.at(-1);
  const isOwn = stage.instructions.includes(writtenBy) && /^(?:COPY|ADD)$/.test(writtenBy.name ?? "");
  if (!isOwn || !word || word.raw.endsWith("/") || !/^[\w./-]+$/.test(word.raw) || writtenBy.exec) return [];
  return [{ kind: "unsafe", title: `Make ${path} a directory`, edits: [insert(word.span.end, "/")] }];
}
