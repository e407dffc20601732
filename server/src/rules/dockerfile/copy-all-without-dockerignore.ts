import type { BuildContext } from "../../model/context/build-context.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { listed } from "../../text/listed.ts";
import { source } from "../../text/source.ts";
import { asPathPart } from "../knowledge/files/build-text.ts";
import { contextSources, isProject } from "../knowledge/files/context-sources.ts";
import { type NeedlessEntry, needlessEntries } from "../knowledge/files/needless-entries.ts";
import { dockerfileRule } from "../rule.ts";
import { ignoreTextOf } from "../writing/ignore/ignore-file.ts";
import { keepOutNeedless } from "../writing/ignore/keep-out.ts";

export const copyAllWithoutDockerignore = dockerfileRule({
  id: "copy-all-without-dockerignore",
  title: "Whole context copied, and too little kept out of it",
  severity: "info",
  tags: ["cache", "size", "security"],
  aliases: ["S6470", "S51", "dockerignore-missing"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "file",
  docs: {
    what: source`
      Reports the first \`COPY . …\` of a file whose build context holds what hardly any image needs, and no ignore file keeps it
      out: \`.git\`, \`node_modules\`, \`.venv\`, \`target\`, \`.env\` … Where there is an ignore file, only what nothing in the
      build can need counts. The fix writes the ignore file, and leaves in what the Dockerfile takes by name.`,
    why: source`
      All of it is sent to the builder and copied into the image, each commit changes \`.git\` and so undoes the cache of
      everything below, and files of the host replace those that the build has made.`,
    context: {
      ".git/HEAD": "",
      "node_modules/express/index.js": "",
      "package.json": "{}",
      "package-lock.json": "{}",
      "server.js": "",
    },
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY . .
           ^ copy-all-without-dockerignore: Without an ignore file this copies .git and node_modules too.
      RUN npm ci`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json package-lock.json server.js ./
      RUN npm ci`,
  },

  check(model, report) {
    const { context } = model.inputs;
    if (!context || context.ignoreFile.kind === "unreadable") return;
    const copy = firstOfAll(model);
    // Podman's own name for it.
    if (!copy || context.exists(".containerignore") !== "absent" || !isProject(context)) return;
    const entries = needlessEntries(model, context);
    const forgotten = entries.filter((it) => it.kind.reported && isForgotten(it, context));
    if (forgotten.length === 0) return;
    const names = listed(forgotten.map((it) => it.name));
    const isNew = context.ignoreFile.kind === "none";
    const fix = keepOutNeedless(model, isNew ? entries : forgotten);
    const fixes = fix ? [fix] : [];
    if (isNew) report(copy.span, `Without an ignore file this copies ${names} too.`, { fixes });
    else
      report(copy.span, `This copies ${names} too, which the ignore file does not keep out.`, {
        fixes,
        aliases: ["S6470", "S51"],
      });
  },
});

/** The first source in the file that is the whole context. */
function firstOfAll({ stages }: DockerfileModel): Word | undefined {
  for (const stage of stages)
    for (const copy of stage.instructions) {
      if (copy.flags.some((it) => it.name === "exclude")) continue;
      const whole = contextSources(copy, stage).find((it) => it.path === "" && !it.isPattern);
      if (whole) return whole.word;
    }
  return undefined;
}

/**
 * Where somebody wrote an ignore file, only what certainly no image needs and the file does not speak of; of `.env` other
 * rules say more.
 */
function isForgotten({ kind, name, need }: NeedlessEntry, context: BuildContext): boolean {
  if (context.ignoreFile.kind === "none") return need !== "used";
  const text = ignoreTextOf(context);
  const isSpokenOf = text === undefined || asPathPart(name).test(text);
  return need === "needless" && kind.is === "directory" && !isSpokenOf;
}
