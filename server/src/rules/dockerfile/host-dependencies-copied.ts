import { targetFolder } from "../../model/stage/copy-target.ts";
import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { below, isWithin } from "../../model/stage/paths.ts";
import { source } from "../../text/source.ts";
import { contextSources, isProject } from "../knowledge/files/context-sources.ts";
import {
  environmentFolder,
  type InstalledFolder,
  installedBy,
} from "../knowledge/packages/installed-folders.ts";
import { environmentsMade } from "../knowledge/packages/python/virtual-environments.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { type Fix, stageRule } from "../rule.ts";
import { keepOutMade } from "../writing/ignore/keep-out.ts";

export const hostDependenciesCopied = stageRule({
  id: "host-dependencies-copied",
  title: "Dependencies of the host copied over the installed ones",
  severity: "warning",
  tags: ["run", "cache"],
  aliases: ["S52", "host-deps-overwrite"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "file",
  docs: {
    what: source`
      Reports a COPY of a folder of the build context with \`node_modules\`, \`.venv\` or \`vendor\` in it, over a directory in which
      a RUN has installed the same dependencies, or into which they were copied from another stage. Silent for what the
      ignore file keeps out.`,
    why: source`
      What was installed for the image is replaced by what was built for the host: another operating system, another C
      library, development dependencies among them. It works on one machine and ends with "invalid ELF header" on another.`,
    context: { "node_modules/express/index.js": "", "package.json": "{}", "package-lock.json": "{}" },
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .
           ^ host-dependencies-copied: This copies the host's node_modules over what npm has installed.`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY package.json server.js ./`,
  },

  check(stage, report) {
    const { context } = stage.model.inputs;
    if (!context || !isProject(context)) return;
    const installed = new Map<string, InstalledFolder>();
    for (const instruction of stage.instructions) {
      const added = [
        ...installedBy(instruction, stage),
        ...environmentsMade(instruction, stage).map(environmentFolder),
      ];
      for (const it of added) if (installed.size < MOST_FOLDERS) installed.set(it.path, it);
      if (installed.size === 0) continue;
      if (instruction.flags.some((it) => it.name === "exclude" || it.name === "parents")) continue;
      for (const { word, path, isPattern } of contextSources(instruction, stage)) {
        const isFolder = path === "" || context.exists(path) === "directory";
        const target = isPattern || !isFolder ? undefined : targetFolder(instruction, stage);
        if (target === undefined) continue;
        const inContext = (it: InstalledFolder) => {
          const inside = below(it.path, target);
          return path === "" ? inside : `${path}/${inside}`;
        };
        const over = [...installed.values()].find((it) => {
          if (it.path === target || !isWithin(it.path, target)) return false;
          const own = inContext(it);
          return context.exists(own) === "directory" && context.isIgnored(own).is === "no";
        });
        if (!over) continue;
        const own = inContext(over);
        const fix = kept(stage.model, own, () => keepOutMade(stage.model, own));
        report(word.span, `This copies the host's ${over.folder} over what ${over.by} has installed.`, {
          related: [{ message: "They came into the image here.", span: over.span }],
          fixes: fix ? [fix] : [],
        });
      }
    }
  },
});

/** More than any project has. */
const MOST_FOLDERS = 30;

const kept = rememberedBy<DockerfileModel, Fix | undefined>(notedOnModel);
