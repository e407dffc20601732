import { imageNameBelow } from "../../model/stage/base-image.ts";
import { mayRunOtherVersion } from "../../model/stage/other-toolchain.ts";
import { joinPath } from "../../model/stage/paths.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { insert } from "../../text/edit.ts";
import { readJsonObject, textsOf } from "../../text/json.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { nodeMajorBelow } from "../knowledge/images/node-image.ts";
import { wordsOf } from "../knowledge/packages/node/node-installs.ts";
import {
  doesNotRead,
  mayRefuseNode,
  NEWEST_NPM,
  refusesNode,
  type ToldManager,
  toldManager,
} from "../knowledge/packages/node/node-manager-versions.ts";
import { npmForces } from "../knowledge/packages/node/npm-force.ts";
import { deployRefusal, isDeploy } from "../knowledge/packages/node/pnpm-deploy.ts";
import { isFirstOfScript, mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix, type Related } from "../rule.ts";

export const nodeManagerRefuses = commandRule({
  id: "node-manager-refuses",
  title: "Package manager that refuses the project or the Node.js of the image",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports, in Node's official images, \`yarn\` of version 1 in a project whose \`packageManager\` names a later one, where Corepack is not
      enabled; \`npm install -g npm@…\` of a version that refuses the image's Node.js; \`pnpm\` of a version that does; and
      \`pnpm install\` with a pnpm older than \`engines\` of the project asks for, or with \`--frozen-lockfile\` and a pnpm that cannot read
      its pnpm-lock.yaml; and \`pnpm deploy\` of pnpm 10 and 11 in a workspace without \`injectWorkspacePackages\`.`,
    why: source`
      The image has Yarn 1, which ends with "This project's package.json defines "packageManager": "yarn@4…"" until \`corepack enable\` puts
      another one in its place. npm ends with EBADENGINE, pnpm with "requires at least Node.js v18.12" or ERR_PNPM_LOCKFILE_BREAKING_CHANGE;
      \`pnpm deploy\` with ERR_PNPM_DEPLOY_NONINJECTED_WORKSPACE, unless \`--legacy\` takes the way of pnpm 9.
      What is installed without a version is another one from year to year.`,
    context: {
      "package.json": '{ "name": "api", "packageManager": "yarn@4.12.0" }',
      "yarn.lock": "__metadata:\n  version: 8\n",
    },
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json yarn.lock ./
      RUN yarn install
          ^^^^ node-manager-refuses: package.json asks for yarn@4.12.0, and this image has Yarn 1: Corepack is not enabled.`,
    good: source`
      FROM node:24-alpine
      RUN corepack enable
      WORKDIR /app
      COPY package.json yarn.lock ./
      RUN yarn install --immutable`,
  },
  programs: ["npm", "pnpm", "yarn"],

  check(call, report) {
    const { command, script, run, instruction, stage, program } = call;
    const { name } = command;
    if (instruction.name !== "RUN" || mayFail(command) || !name || name.literal !== program) return;
    const major = nodeMajorBelow(stage);
    if (major === undefined || command.arguments.some((it) => it.literal === undefined)) return;
    const refusal =
      program === "npm" ? ofNpm(call, major) : program === "yarn" ? ofYarn(call) : ofPnpm(call, major);
    if (!refusal || mayRunOtherVersion("node", run, stage)) return;
    report(refusal.span ?? name.span, refusal.message, {
      severity: failsRun(command, script, run, stage) ? "error" : "warning",
      related: refusal.related ?? [],
      fixes: refusal.fixes ?? [],
    });
  },
});

interface Refusal {
  readonly message: string;
  readonly span?: Span;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** npm looks before it replaces itself; the one of Node.js 14 and before only warns. */
function ofNpm({ command }: CommandCall, major: number): Refusal | undefined {
  const [verb = "", ...rest] = wordsOf(command);
  if (major < 16 || !/^(?:install|i|add)$/.test(verb)) return undefined;
  if (!rest.some((it) => /^(?:-g|--global|--location=global)$/.test(it)) || npmForces(rest)) return undefined;
  const word = command.arguments.find((it) => /^npm(?:@|$)/.test(it.literal ?? ""));
  const text = word?.literal ?? "";
  const version = /^npm@(?:latest|[~^]?(\d+)(?:\.[\dx.]*)?)$/.exec(text);
  // Without a version later ones take the newest that fits.
  if (!word || (version ? false : text !== "npm" || major > 16)) return undefined;
  const asked = version?.[1] === undefined ? NEWEST_NPM : Number(version[1]);
  const node = refusesNode("npm", asked, major);
  return node === undefined
    ? undefined
    : {
        span: word.span,
        message: `npm ${version?.[1] === undefined ? `from ${asked} on` : asked} needs Node.js ${node}, and this is ${major}: npm refuses to install it.`,
      };
}

/**
 * Does the image that a tag names have a Yarn 1 that asks? 1.22.22 does and 1.22.19 does not (tried); it came with the releases of
 * Node.js from June 2024 on (github.com/nodejs/docker-node/issues/2064, read 2026-11-27), and the image of 26 has none.
 */
function hasYarnThatAsks(tag: string): boolean {
  const [, major = 0, minor = 99, patch = 99] = (/^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?=-|$)/.exec(tag) ?? []).map(
    (it) => (it === undefined ? undefined : Number(it)),
  );
  if (major >= 23) return major <= 25;
  const [from, fromPatch] = FIRST_THAT_ASKS.get(major) ?? [Number.POSITIVE_INFINITY, 0];
  return minor > from || (minor === from && patch >= fromPatch);
}

/** Major version of Node.js → minor version and patch with Yarn 1.22.22, or a little later. */
const FIRST_THAT_ASKS: ReadonlyMap<number, readonly [minor: number, patch: number]> = new Map([
  [18, [20, 4]],
  [20, [15, 0]],
  [22, [4, 0]],
]);

function ofYarn(call: CommandCall): Refusal | undefined {
  const { command, script, run, stage, instruction } = call;
  const [verb = ""] = wordsOf(command);
  if (/^(?:-v|--version)$/.test(verb) || !isFirstOfScript(command, script) || mayMountFiles(run))
    return undefined;
  if (!hasYarnThatAsks(imageNameBelow(stage)?.tag ?? "")) return undefined;
  const state = stage.before(instruction);
  const text = inWorkdir("package.json", call);
  const asked = text && /"packageManager"\s*:\s*"(yarn@[2-9][\w.-]*)/.exec(text)?.[1];
  if (asked === undefined || asked === "" || !state.workdir.known) return undefined;
  const directory = state.workdir.value;
  // One finding for all of them.
  if (
    stage.instructions.some(
      (it) => it.name === "RUN" && it.span.start < run.span.start && says(/\byarn\b/, it),
    )
  )
    return undefined;
  // Those name a Yarn of the project's own.
  if ([".yarnrc.yml", ".yarnrc"].some((it) => mayName(it, directory, call))) return undefined;
  if (["YARN_IGNORE_PATH", "SKIP_YARN_COREPACK_CHECK"].some((it) => state.isSet(it).is !== "no"))
    return undefined;
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions)
      if (
        (it.name === "RUN" && says(OTHER_YARN, it)) ||
        (it.name === "COPY" && says(/\bbin\b|yarn-v|\.yarn\//, it))
      )
        return undefined;
  const enables = command.after === "first" && !run.exec && run.hereDocuments.length === 0;
  const canEnable = state.hasTool("corepack").is === "yes" && state.user.known && state.user.value.isRoot;
  return {
    message: `package.json asks for ${asked}, and this image has Yarn 1: Corepack is not enabled.`,
    fixes:
      enables && canEnable
        ? [
            {
              kind: "unsafe",
              title: "Enable Corepack first",
              edits: [insert(command.span.start, "corepack enable && ")],
            },
          ]
        : [],
  };
}

const OTHER_YARN =
  /corepack|yarn set|set version|yarnPath|@yarnpkg|yarnpkg\.com|install[^&|;\n]*\byarn@|\bberry\b/;

/** May a file be there that names another Yarn? */
function mayName(file: string, directory: string, { stage, instruction }: CommandCall): boolean {
  const { is } = stage.before(instruction).hasPath(joinPath(directory, file));
  if (is === "no") return false;
  const text = originOf(joinPath(directory, file), stage, instruction)?.text;
  if (text !== undefined && text.trim() !== "") return /yarn-?path/i.test(text);
  return is === "yes" || stage.model.inputs.context?.exists(file) !== "absent";
}

function ofPnpm(call: CommandCall, major: number): Refusal | undefined {
  const { command, script, run } = call;
  const words = wordsOf(command);
  const isInstall = /^(?:install|i)$/.test(words[0] ?? "");
  const isFrozen = isInstall && words.includes("--frozen-lockfile");
  // Which pnpm it is means a walk over all that stands above.
  const deploys = isDeploy(words);
  if (!isInstall && !deploys && !mayRefuseNode("pnpm", major)) return undefined;
  const told = toldManager("pnpm", call, () => inWorkdir("package.json", call));
  if (!told) return undefined;
  const { version } = told;
  const node = typeof version === "number" ? refusesNode("pnpm", version, major) : undefined;
  if (node !== undefined)
    return {
      message: `pnpm ${version} needs Node.js ${node}, and this is ${major}.`,
      related: relatedOf(told),
    };
  if (deploys) {
    const refusal = deployRefusal(call, told);
    return refusal && { ...refusal, related: relatedOf(told) };
  }
  if (!isInstall || words.some((it) => ELSEWHERE.test(it))) return undefined;
  if (!isFirstOfScript(command, script) || mayMountFiles(run)) return undefined;
  const demanded = pnpmDemandedBy(inWorkdir("package.json", call));
  if (typeof version === "number" && demanded !== undefined && version < demanded)
    return {
      message: `package.json asks for pnpm ${demanded} or later in engines, and this is ${version}: pnpm refuses the project.`,
      related: relatedOf(told),
    };
  if (!isFrozen) return undefined;
  // On an older Node.js npm may take an older one, and pnpm becomes the one that the project names.
  if ((version === "latest" && major < 18) || inWorkdir("package.json", call) === undefined) return undefined;
  const lock = /^lockfileVersion: '?(\d+)\.\d/m.exec(
    inWorkdir("pnpm-lock.yaml", call)?.slice(0, 500) ?? "",
  )?.[1];
  return lock !== undefined && doesNotRead(version, Number(lock))
    ? {
        message: `pnpm-lock.yaml is of version ${lock}, which pnpm ${version === "latest" ? "of today" : version} does not read.`,
        related: relatedOf(told),
      }
    : undefined;
}

const ELSEWHERE = /^(?:-C|--dir|--no-lockfile|--lockfile-dir)/;

/**
 * The major version of pnpm that `engines` demands at least. It ends at once where it is older: ERR_PNPM_UNSUPPORTED_ENGINE, "Your pnpm version is
 * incompatible" (tried with pnpm 8, which demands of 9.5 did not suit, 2026-11-27).
 */
function pnpmDemandedBy(manifest: string | undefined): number | undefined {
  const engines = manifest === undefined ? undefined : readJsonObject(manifest)?.["engines"];
  const [, major] = /^\s*(?:>=|\^|~)?\s*(\d+)(?:\.[\dx]+)*\s*$/.exec(textsOf(engines)["pnpm"] ?? "") ?? [];
  return major === undefined ? undefined : Number(major);
}

function relatedOf({ span }: ToldManager) {
  return span
    ? [{ message: "It comes from here.", span }]
    : [{ message: "packageManager of package.json says so." }];
}

/** What a file of the project holds, in the directory that the command runs in. */
function inWorkdir(name: string, { stage, instruction }: CommandCall): string | undefined {
  const { workdir } = stage.before(instruction);
  return workdir.known ? originOf(joinPath(workdir.value, name), stage, instruction)?.text : undefined;
}
