import { isOwn } from "../../model/stage/holding-stage.ts";
import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { joiningBackslashes } from "../knowledge/instructions/joined-lines.ts";
import { swallowedIn } from "../knowledge/instructions/swallowed-instructions.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const copyDestinationNotDirectory = instructionRule({
  id: "copy-destination-not-directory",
  title: "Several sources copied to what may be one file",
  severity: "warning",
  tags: ["build", "clarity"],
  aliases: ["DL3021", "DS-0011"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports COPY and ADD of several sources to a destination that does not end with \`/\`. A destination of \`.\` or
      \`..\` is a directory anyway, and one that ends with a variable may be one. Where the directory is there
      already it is an info.`,
    why: source`
      If there is no such directory yet, BuildKit makes a file of that name and copies each source over the one before,
      so that only the last is left. Other builders refuse to build.`,
    bad: source`
      FROM node:24-alpine
      COPY package.json package-lock.json /app
                                          ^^^^ copy-destination-not-directory: With several sources the destination has to be a directory: /app/.`,
    good: source`
      FROM node:24-alpine
      COPY package.json package-lock.json /app/`,
  },

  instructions: ["COPY", "ADD"],
  triggers: true,

  check(instruction, stage, report) {
    const target = instruction.words.at(-1);
    if (!target || instruction.words.length < 3) return;
    // `--from stage`: the first word is no source, and the build ends with the flag.
    if (instruction.flags.some((it) => it.value === undefined && /^(from|chown|chmod)$/.test(it.name)))
      return;
    // What comes from the next line was not meant to be a part of this one.
    if (joiningBackslashes(stage.model.file, instruction).length > 0) return;
    if (swallowedIn(instruction, stage).length > 0) return;
    const value = wordValue(target, instruction, stage) ?? target.raw.replace(/["']$/, "");
    if (value === "" || /(?:^|[/\\])\.{0,2}$/.test(value) || /\$\w+$|\}$/.test(value)) return;
    // Quotes, and the strings of exec form, end behind the path.
    const end =
      target.span.end -
      (/["']$/.test(stage.model.file.text.slice(target.span.start, target.span.end)) ? 1 : 0);
    const fixes: Fix[] = [{ kind: "safe", title: `Write ${value}/`, edits: [insert(end, "/")] }];
    if (isThere(value, instruction, stage))
      report(target.span, `Builders other than BuildKit want a slash behind the directory: ${value}/.`, {
        severity: "info",
        fixes,
      });
    else
      report(target.span, `With several sources the destination has to be a directory: ${value}/.`, {
        fixes,
      });
  },
});

function isThere(target: string, instruction: Instruction, stage: Stage): boolean {
  // What a trigger finds is for another build to know.
  if (!isOwn(instruction, stage)) return false;
  const before = stage.before(instruction);
  const { workdir } = before;
  const path = resolvePath(workdir.known ? workdir.value : undefined, target);
  return path !== undefined && before.hasPath(path).is === "yes" && before.fileAt(path)?.kind !== "file";
}
