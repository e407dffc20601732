import { imageNameBelow } from "../../model/stage/base-image.ts";
import { directoryOf, joinPath, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { type FileOrigin, originOf } from "../knowledge/files/file-origin.ts";
import { wordsOf } from "../knowledge/packages/node-installs.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { insertAbove } from "../writing/lines.ts";

export const yarnVersionRefused = commandRule({
  id: "yarn-version-refused",
  title: "Yarn 1 in a project that asks for another package manager",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`yarn\` in Docker's own image of Node, where the package.json in its folder names a \`packageManager\` that is not Yarn 1, and
      neither corepack nor a \`yarnPath\` brings another Yarn.`,
    why: source`
      The image has Yarn 1.22.22, which refuses every command in such a project: "This project's package.json defines
      packageManager … However the current global version of Yarn is 1.22.22". Corepack gets the version that is named.`,
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json yarn.lock ./
      RUN yarn install --immutable
          ^^^^ yarn-version-refused: package.json asks for yarn@4.5.1, and the yarn of node:24-alpine is 1.22.22.`,
    good: source`
      FROM node:24-alpine
      RUN corepack enable
      WORKDIR /app
      COPY package.json yarn.lock ./
      RUN yarn install --immutable`,
    context: { "package.json": '{ "packageManager": "yarn@4.5.1" }', "yarn.lock": "" },
  },
  programs: ["yarn", "yarnpkg"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (instruction.name !== "RUN" || !command.name || mayFail(command) || !asksProject(command)) return;
    const image = imageNameBelow(stage);
    if (image?.name !== "node" || !refusesOthers(image.tag ?? "")) return;
    const state = stage.before(instruction);
    if (state.hasTool("yarn").is !== "yes") return;
    const folder = directoryOfCommand(command, script, state);
    const path = folder === undefined ? undefined : resolvePath(folder, "package.json");
    const manifest = path === undefined ? undefined : originOf(path, stage, instruction);
    const asked = manifest && /"packageManager"\s*:\s*"([a-z]+@[^"+]+)/.exec(manifest.text)?.[1];
    if (!manifest || asked === undefined || asked.startsWith("yarn@1.") || mayBeAnother(manifest, stage))
      return;
    report(
      command.name.span,
      `${manifest.contextPath ?? "package.json"} asks for ${asked}, and the yarn of ${image.text} is 1.22.22.`,
      {
        severity: failsRun(command, script, run, stage) ? "error" : "warning",
        fixes: asked.startsWith("yarn@") ? enableCorepack(call) : [],
      },
    );
  },
});

/** Yarn looks at the project for everything but these (tried with 1.22.22). */
function asksProject(command: Command): boolean {
  return !/^(?:--version|-v|--help|-h|help|set|policies)$/.test(wordsOf(command)[0] ?? "");
}

/**
 * Does the image that a tag names today have Yarn 1.22.22? That came with the releases of Node from June 2024 on
 * (github.com/nodejs/docker-node/issues/2064); 1.22.19 before it looks at no `packageManager`.
 */
function refusesOthers(tag: string): boolean {
  const [, major, minor = 99, patch = 99] = (/^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?=-|$)/.exec(tag) ?? []).map(
    Number,
  );
  const [from, fromPatch] = FIRST_WITH_IT.get(major ?? 0) ?? [];
  const isOld = from === undefined || minor < from || (minor === from && patch < (fromPatch ?? 0));
  return major !== undefined && (major >= 23 || !isOld);
}

/** Major version of Node → its first minor version and patch with Yarn 1.22.22, or one a little later. */
const FIRST_WITH_IT: ReadonlyMap<number, readonly [minor: number, patch: number]> = new Map([
  [18, [20, 4]],
  [20, [15, 0]],
  [22, [4, 0]],
]);

/** By corepack, by a release in the project, by an installation; or Yarn is told not to look. */
function mayBeAnother({ contextPath = "" }: FileOrigin, stage: Stage): boolean {
  const { context } = stage.model.inputs;
  const folder = directoryOf(`/${contextPath}`);
  const settings = [".yarnrc.yml", ".yarnrc"].map((it) => context?.read(joinPath(folder, it).slice(1)) ?? "");
  if (settings.some((it) => /yarn-?path/i.test(it))) return true;
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => says(BRINGS_ANOTHER, it))) return true;
  return false;
}

const BRINGS_ANOTHER =
  /corepack|COREPACK|yarn@|\byarn (?:set|policies)\b|(?:npm|pnpm)\s[^&;|]*\byarn\b|\.yarn\b|yarnrc|\/yarn\b|\/usr\/local\/bin|\.sh\b/;

function enableCorepack({ run, stage, instruction }: CommandCall): Fix[] {
  const state = stage.before(instruction);
  const { user, hasShell } = state;
  if (run !== instruction || !user.known || !user.value.isRoot || hasShell.is !== "yes") return [];
  const line =
    state.hasTool("corepack").is === "yes"
      ? "corepack enable"
      : "npm install --global corepack && corepack enable";
  const edits = [insertAbove(stage.model.file, run, `RUN ${line}`)];
  return [{ kind: "unsafe", title: "Enable corepack first", edits }];
}
