import { imageNameBelow } from "../../model/stage/base-image.ts";
import { targetFolder } from "../../model/stage/copy-target.ts";
import { packageJson } from "../../model/stage/package-json.ts";
import { below, directoryOf, isWithin, joinPath, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { installedFolders } from "../knowledge/packages/installed-folders.ts";
import { scriptOf } from "../knowledge/started/started-script.ts";
import { type Fix, stageRule } from "../rule.ts";
import { copyLike } from "../writing/dockerfile/copy-like.ts";
import { insertBelow } from "../writing/dockerfile/lines.ts";

export const nodeModulesMissing = stageRule({
  id: "node-modules-missing",
  title: "Compiled Node.js program without its packages",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a final stage that starts a script which \`tsc\` or \`nest build\` compiles in another stage, whose source in the build
      context imports one of the \`dependencies\` of package.json, and that has \`node_modules\` from nowhere: no COPY brings it, no package
      manager runs. Silent for bundlers, which put packages into what they write.`,
    why: source`
      A compiler leaves imports as they are: the container ends with "Cannot find module 'express'". Install the packages for
      production in the final stage, or copy \`node_modules\` along.`,
    context: {
      "package.json": '{ "scripts": { "build": "tsc" }, "dependencies": { "express": "^5.1.0" } }',
      "package-lock.json": "{}",
      "tsconfig.json": '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" }, "include": ["src"] }',
      "src/main.ts": 'import express from "express";\nexpress().listen(3000);\n',
    },
    bad: source`
      FROM node:24-alpine AS build
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM node:24-alpine
      WORKDIR /app
      COPY --from=build /app/dist ./dist
      CMD ["node", "dist/main.js"]
                   ^^^^^^^^^^^^^^ node-modules-missing: src/main.ts imports express, and nothing brings node_modules into this image.`,
    good: source`
      FROM node:24-alpine AS build
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM node:24-alpine
      WORKDIR /app
      COPY --from=build /app/node_modules ./node_modules
      COPY --from=build /app/dist ./dist
      CMD ["node", "dist/main.js"]`,
  },

  check(stage, report) {
    if (!stage.isFinal || !IMAGES.test(imageNameBelow(stage)?.name ?? "")) return;
    const started = startedCommand(stage);
    const word = started?.program.text === "node" ? scriptOf(started) : undefined;
    const { workdir } = stage.result;
    const path = word?.text && workdir.known ? resolvePath(workdir.value, word.text) : undefined;
    if (!word?.instruction || path === undefined || mayHaveModules(stage)) return;
    const compiled = compiledScript(path, stage);
    const need = compiled && importedBy(compiled, stage);
    if (!need) return;
    report(
      word.span,
      `${need.source} imports ${need.name}, and nothing brings node_modules into this image.`,
      {
        related: [{ message: "Only what is compiled is copied here.", span: compiled.copy.span }],
        fixes: copyModules(compiled, stage),
      },
    );
  },
});

const IMAGES = /^(?:node|gcr\.io\/distroless\/nodejs[\w-]*)$/;

/** By a package manager, a folder of the context, or what is copied from an image that nobody knows. */
function mayHaveModules(final: Stage): boolean {
  if (installedFolders(final).some((it) => it.folder === "node_modules")) return true;
  if (final.result.isSet("NODE_PATH").is === "yes") return true;
  return [...stagesDownFrom(final)].some((stage) =>
    stage.instructions.some((it) => {
      if (it.name === "RUN") return says(/\b(?:npm|npx|yarn|pnpm|bun|corepack)\b|node_modules|\.sh\b/, it);
      if (it.name !== "COPY" && it.name !== "ADD") return false;
      const from = it.flags.find((flag) => flag.name === "from")?.value;
      if (from !== undefined)
        return !stage.model.findStage(from, stage) || /node_modules|\.pnp\b|\.yarn\b/.test(it.rest.text);
      // A file has an ending; a folder may hold packages that were installed before the build.
      return /\.pnp\b/.test(it.rest.text) || !it.words.slice(0, -1).every(({ raw }) => /\.\w+$/.test(raw));
    }),
  );
}

interface CompiledScript {
  readonly copy: Instruction;
  readonly other: Stage;
  /** The project's directory in the other stage. */
  readonly project: string;
  /** Below the compiler's output: `main.js`. */
  readonly name: string;
}

/** A script that a COPY takes from where a compiler of another stage writes. */
function compiledScript(path: string, final: Stage): CompiledScript | undefined {
  for (const stage of stagesDownFrom(final))
    for (const copy of stage.instructions) {
      const other = stageCopiedFrom(copy, stage);
      const target = other && targetFolder(copy, stage);
      const taken = copy.words.length === 2 ? stageSources(copy, stage)[0]?.path : undefined;
      if (!other || target === undefined || taken === undefined || !isWithin(path, target)) continue;
      const there = path === target ? taken : joinPath(taken, below(path, target));
      for (const { program, outputs, directory } of other.result.builds) {
        const output = /^(?:tsc|nest build)$/.test(program)
          ? outputs.find((it) => isWithin(there, it))
          : undefined;
        // The folder of packages is taken along with the project.
        if (output === undefined || isWithin(joinPath(directory, "node_modules"), taken)) continue;
        return { copy, other, project: directory, name: below(there, output) };
      }
    }
  return undefined;
}

/** A dependency that the script's source imports. */
function importedBy(
  { name }: CompiledScript,
  { model }: Stage,
): { readonly source: string; readonly name: string } | undefined {
  const { context } = model.inputs;
  const dependencies = packageJson(model)?.dependencies;
  const stem = (/\.[cm]?js$/.test(name) ? name : `${name}.js`).replace(/\.([cm]?)js$/, ".$1ts");
  const file = [stem, `src/${stem}`].find((it) => context?.exists(it) === "file");
  const text = file === undefined ? undefined : context?.read(file);
  if (file === undefined || text === undefined || !dependencies) return undefined;
  for (const [, written = ""] of text.matchAll(
    /^\s*import\s(?!type\b)(?:[^"';]*\bfrom\s*)?["']([^."'][^"']*)["']/gm,
  )) {
    const found = /^(?:@[^/]+\/)?[^/]+/.exec(written)?.[0] ?? "";
    if (dependencies.has(found)) return { source: file, name: found };
  }
  return undefined;
}

/** From the stage that has installed them; those for development come too. */
function copyModules({ copy, other, project }: CompiledScript, stage: Stage): Fix[] {
  const modules = joinPath(project, "node_modules");
  const target = targetFolder(copy, stage);
  const isThere = installedFolders(other).some((it) => it.path === modules);
  if (!isThere || target === undefined || !stage.instructions.includes(copy)) return [];
  const { file } = stage.model;
  const line = copyLike(copy, file, modules, joinPath(directoryOf(target), "node_modules"));
  return [{ kind: "unsafe", title: "Copy node_modules too", edits: [insertBelow(file, copy, line)] }];
}
