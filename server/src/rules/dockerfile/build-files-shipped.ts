import { wordValue } from "../../model/stage/word-value.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { instructionRule } from "../rule.ts";

export const buildFilesShipped = instructionRule({
  id: "build-files-shipped",
  title: "File of the build or of git copied into the image",
  severity: "info",
  tags: ["size", "security"],
  aliases: ["DKL-LI-0003"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports COPY and ADD that name \`.git\`, \`.github\`, a Dockerfile, a Compose file or an ignore file, in a stage that is
      shipped. What comes along with a whole folder is for \`copy-all-without-dockerignore\`.`,
    why: source`
      No service reads them. \`.git\` holds every version of every file that ever was, secrets that were taken back among them;
      Compose files tell passwords and how to reach the other services. A RUN that needs \`.git\` can have it as
      \`--mount=type=bind\`.`,
    bad: source`
      FROM node:24-slim
      WORKDIR /app
      COPY .git .git
           ^^^^ build-files-shipped: The history of the project is in .git, and no service needs it.
      COPY package.json server.js ./`,
    good: source`
      FROM node:24-slim
      WORKDIR /app
      COPY package.json server.js ./`,
  },
  instructions: ["COPY", "ADD"],

  check(copy, stage, report) {
    if (copy.flags.some((it) => it.name === "from") || !isShipped(stage)) return;
    for (const word of sourcesOf(copy)) {
      const value = wordValue(word, copy, stage);
      const why = value === undefined ? undefined : meaningOf(value.replace(/\/+$/, ""));
      if (why) report(word.span, why);
    }
  },
});

function sourcesOf({ words, hereDocuments }: Instruction): readonly Word[] {
  return hereDocuments.length > 0 ? [] : words.slice(0, -1);
}

function meaningOf(path: string): string | undefined {
  // A file for tests, examples or a tool's own templates may well be shipped: only the project's own at its root count.
  const name = path.replace(/^\.?\//, "");
  if (name === ".git") return "The history of the project is in .git, and no service needs it.";
  if (name === ".github") return "What GitHub does with the project is in .github, and no service needs it.";
  if (/^(Dockerfile|Containerfile)(\.\w+)?$|^\.dockerignore$/.test(name))
    return `${name} is for the build, and no service needs it.`;
  return /^(docker-)?compose(\.[\w-]+)?\.ya?ml$/.test(name)
    ? `${name} tells how the project is run, and no service needs it.`
    : undefined;
}
