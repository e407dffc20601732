import { isWithin, joinPath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { type StageSource, stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { type Fix, stageRule } from "../rule.ts";
import { copyLike } from "../writing/dockerfile/copy-like.ts";
import { insertBelow } from "../writing/dockerfile/lines.ts";

export const nextAssetsMissing = stageRule({
  id: "next-assets-missing",
  title: "Next.js server without its scripts and styles",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a final stage that takes \`.next/standalone\` from the stage that builds and starts \`server.js\` of it, but takes
      \`.next/static\` from nowhere. Silent where the project sets an \`assetPrefix\`, or copies the folder itself.`,
    why: source`
      The standalone server holds neither \`.next/static\` nor \`public\`, which are meant for a CDN. Without one the pages come
      with neither script nor style: each file of \`/_next/static\` is not found.`,
    bad: source`
      FROM node:24-alpine AS builder
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM node:24-alpine
      WORKDIR /app
      COPY --from=builder /app/.next/standalone ./
                          ^^^^^^^^^^^^^^^^^^^^^ next-assets-missing: The pages come without scripts and styles: .next/static is not in .next/standalone.
      CMD ["node", "server.js"]`,
    good: source`
      FROM node:24-alpine AS builder
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM node:24-alpine
      WORKDIR /app
      COPY --from=builder /app/.next/standalone ./
      COPY --from=builder /app/.next/static ./.next/static
      COPY --from=builder /app/public ./public
      CMD ["node", "server.js"]`,
    context: {
      "package.json": '{ "scripts": { "build": "next build" } }',
      "package-lock.json": "{}",
      "next.config.js": 'module.exports = { output: "standalone" };',
      "public/logo.svg": "",
    },
  },

  check(stage, report) {
    if (!stage.isFinal || !startsServer(stage)) return;
    const stages = [...stagesDownFrom(stage)];
    const copies = stages.flatMap((it) => copiesOf(it));
    const standalone = copies.find((it) => it.path.endsWith("/.next/standalone"));
    if (!standalone) return;
    const built = standalone.path.slice(0, -"/standalone".length);
    const isTaken = copies.some(
      (it) => it !== standalone && (/static/.test(it.path) || isWithin(joinPath(built, "static"), it.path)),
    );
    if (isTaken || [standalone.other, ...stages].some(mayCopyItself) || isServedElsewhere(stage)) return;
    // Another image of the file may be there to serve them.
    if (
      stage.model.stages.some((it) =>
        it.instructions.some((copy) => copy.name === "COPY" && says(/\.next\/static/, copy)),
      )
    )
      return;
    report(
      standalone.word.span,
      "The pages come without scripts and styles: .next/static is not in .next/standalone.",
      { fixes: copyThem(standalone, built, stage) },
    );
  },
});

function startsServer(stage: Stage): boolean {
  const started = startedCommand(stage);
  return (
    started?.program.text === "node" && started.words.some((it) => /(?:^|\/)server\.js$/.test(it.text ?? ""))
  );
}

interface TakenPath extends StageSource {
  readonly copy: Instruction;
  readonly other: Stage;
}

function copiesOf(stage: Stage): readonly TakenPath[] {
  return stage.instructions.flatMap((copy) => {
    const other = stageCopiedFrom(copy, stage);
    return other ? stageSources(copy, stage).map((it) => ({ ...it, copy, other })) : [];
  });
}

/** A RUN, or a script of the project, that names either folder. */
function mayCopyItself({ instructions, model }: Stage): boolean {
  const named = /standalone|\.next\/static|_next\b/;
  return (
    instructions.some((it) => it.name === "RUN" && says(named, it)) ||
    instructions.some((it) => (it.name === "COPY" || it.name === "ADD") && /static/.test(it.rest.text)) ||
    named.test(model.inputs.context?.read("package.json") ?? "")
  );
}

/** Where no context shows the configuration it is not known. */
function isServedElsewhere({ model }: Stage): boolean {
  const { context } = model.inputs;
  if (!context) return true;
  return CONFIGURATIONS.some((it) => /assetPrefix|cdn/i.test(context.read(it) ?? ""));
}

const CONFIGURATIONS = ["js", "mjs", "ts", "cjs"].map((it) => `next.config.${it}`);

/** Beside the server, with the same flags. */
function copyThem({ copy }: TakenPath, built: string, stage: Stage): Fix[] {
  const target = copy.words.at(-1)?.raw;
  if (target === undefined || copy.words.length !== 2 || !stage.instructions.includes(copy)) return [];
  const { file, inputs } = stage.model;
  const to = target.replace(/\/+$/, "");
  const lines = [copyLike(copy, file, joinPath(built, "static"), `${to}/.next/static`)];
  if (inputs.context?.exists("public") === "directory")
    lines.push(copyLike(copy, file, joinPath(built.replace(/\/\.next$/, ""), "public"), `${to}/public`));
  return [
    {
      kind: "unsafe",
      title: "Copy them too",
      edits: [insertBelow(file, copy, ...lines)],
    },
  ];
}
