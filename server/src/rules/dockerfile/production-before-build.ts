import { type PackageJson, packageJson } from "../../model/stage/package-json.ts";
import { joinPath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { StageState } from "../../model/stage/state.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import { nodeMajorBelow } from "../knowledge/images/node-image.ts";
import { isNodeAddon } from "../knowledge/packages/compiled/compiled-packages.ts";
import { CHANGES_SCRIPTS, installScripts } from "../knowledge/packages/needs/manifest-parts.ts";
import {
  comesAlong,
  firstMissing,
  type MissingPackage,
  missingAtStart,
  missingProgram,
} from "../knowledge/packages/node/development-programs.ts";
import { installsAll, leavesDevOut, wordsOf } from "../knowledge/packages/node/node-installs.ts";
import { mayFail } from "../knowledge/stages/build-failure.ts";
import { type Finding, type Fix, type Related, stageRule } from "../rule.ts";

export const productionBeforeBuild = stageRule({
  id: "production-before-build",
  title: "Packages for development left out that a build or the container needs",
  severity: "warning",
  tags: ["build"],
  aliases: ["S44", "prod-env-before-build"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`npm ci\`, \`npm install\`, \`pnpm install\` and \`yarn install\` under \`NODE_ENV=production\` or with
      \`--omit=dev\`, where the same stage, or one built on it, then runs a script of package.json with a program of its
      devDependencies. Needs a package.json that can be read; of Yarn also a lock file of version 1, as later ones mind no
      NODE_ENV. So it does with \`prepare\` and \`postinstall\`, which the install runs itself (\`husky\`), and with what the container starts: a
      script (\`npm start\`) whose program is one of theirs (\`nodemon\`, \`ts-node\`), a module that \`node -r\` loads, and one that the
      started file imports.`,
    why: source`
      With NODE_ENV=production the package manager leaves the devDependencies out, and with them the compiler or bundler
      that the build calls: it fails with "tsc: not found", and the container ends with "nodemon: not found" or "Cannot find module".`,
    bad: source`
      FROM node:24-alpine
      ENV NODE_ENV=production
      COPY <<EOF package.json
      { "scripts": { "build": "tsc" }, "devDependencies": { "typescript": "6.0.3" } }
      EOF
      RUN npm install && npm run build
          ^^^^^^^^^^^ production-before-build: NODE_ENV=production leaves devDependencies out, and npm run build needs tsc of them.`,
    good: source`
      FROM node:24-alpine
      COPY <<EOF package.json
      { "scripts": { "build": "tsc" }, "devDependencies": { "typescript": "6.0.3" } }
      EOF
      RUN npm install && npm run build
      ENV NODE_ENV=production`,
  },

  oncePerPlace: true,

  check(stage, report) {
    const json = stage.instructions.some(callsNode) ? packageJson(stage.model) : undefined;
    if (!json || json.devDependencies.size === 0) return;
    let bare: BareInstall | undefined;
    for (const holder of stagesFrom(stage).toReversed())
      for (const instruction of holder.instructions) {
        if (mayCopyPackages(instruction, stage)) bare = undefined;
        if (!callsNode(instruction)) continue;
        const script = holder.scriptOf(instruction);
        for (const command of script?.commands ?? []) {
          if (bringsMore(command)) return;
          if (installsAll(command) !== undefined) {
            const state = holder.before(instruction);
            const why = leavesDevOut(command, environmentOf(command, script, state), isClassic(holder));
            bare = why === undefined || command.conditional ? undefined : { command, why, state };
            const own =
              bare && holder === stage ? missingInScripts(command, json, holder, instruction) : undefined;
            if (bare && own) {
              report(
                spanOf(bare.command),
                `${bare.why} leaves devDependencies out, and its script ${own.script} needs ${own.program} of them.`,
                {
                  severity: mayFail(command) ? "warning" : "error",
                  related: [{ message: `It runs by itself when the project is installed: ${own.text}` }],
                  fixes: ignoreScripts(bare.command, json),
                },
              );
              return;
            }
            continue;
          }
          const missing = bare && holder === stage ? missingProgram(command, json) : undefined;
          if (!bare || missing === undefined || command.conditional) continue;
          if (comesAlong(missing, stage.model)) continue;
          const reason = { message: `${missing.script} runs ${missing.program}.`, span: command.span };
          report(spanOf(bare.command), messageOf(bare, missing), detailsOf(bare, reason));
          return;
        }
      }
    const needed = bare && stage.isFinal ? missingAtStart(stage) : undefined;
    if (!bare || !needed || comesAlong(needed, stage.model) || !isSameFolder(bare.state, stage.result))
      return;
    const reason = { message: "The container starts it.", span: needed.instruction.span };
    report(spanOf(bare.command), messageOf(bare, needed), detailsOf(bare, reason));
  },
});

/** An install that leaves the devDependencies out. */
interface BareInstall {
  readonly command: Command;
  readonly why: string;
  readonly state: StageState;
}

/** `npm ci`, without what stands behind it. */
function spanOf({ name, arguments: [verb], span }: Command): Span {
  return { start: name?.span.start ?? span.start, end: verb?.span.end ?? name?.span.end ?? span.end };
}

function messageOf({ why }: BareInstall, { script, program }: MissingPackage): string {
  return `${why} leaves devDependencies out, and ${script} needs ${program} of them.`;
}

function detailsOf({ command, why, state }: BareInstall, reason: Related): Finding {
  const because = why.startsWith("NODE_ENV") ? state.variable("NODE_ENV").because : [];
  return { related: [reason, ...because], fixes: fixesOf(command) };
}

function isSameFolder(one: StageState, other: StageState): boolean {
  return one.workdir.known && other.workdir.known && one.workdir.value === other.workdir.value;
}

/** Of the scripts that the install runs by itself, the first program that only a devDependency brings. */
function missingInScripts(command: Command, json: PackageJson, stage: Stage, instruction: Instruction) {
  const state = stage.before(instruction);
  const { workdir } = state;
  const manifest = workdir.known ? joinPath(workdir.value, "package.json") : undefined;
  // Tools that cut a project out of a workspace write another one.
  if (manifest === undefined || originOf(manifest, stage, instruction)?.contextPath !== "package.json")
    return undefined;
  const words = wordsOf(command);
  if (words.some((it) => /^--(?:ignore-scripts|mode)/.test(it))) return undefined;
  if (["npm_config_ignore_scripts", "NPM_CONFIG_IGNORE_SCRIPTS"].some((it) => state.isSet(it).is !== "no"))
    return undefined;
  if (stage.instructions.some((it) => it.name === "RUN" && says(CHANGES_SCRIPTS, it))) return undefined;
  // The npm of Node before 16 leaves it out with the devDependencies.
  const isOlder = (nodeMajorBelow(stage) ?? 24) < 16;
  for (const script of installScripts(command.name?.literal ?? "")) {
    if (script === "prepare" && isOlder) continue;
    const text = Object.hasOwn(json.scripts, script) ? json.scripts[script] : undefined;
    // Where it may fail or is skipped, its author has seen to it.
    if (text === undefined || /[|;()`]/.test(text)) continue;
    const program = firstMissing(script, json);
    if (program !== undefined && !comesAlong({ script, program }, stage.model))
      return { script, program, text };
  }
  return undefined;
}

/** The scripts of single packages do not run then either: only where none of them is known to need its own. */
function ignoreScripts({ arguments: [verb], name }: Command, json: PackageJson): Fix[] {
  if (name?.literal !== "npm" || !verb) return [];
  const needsScripts = [...json.dependencies].some(
    (it) => isNodeAddon({ name: it, version: "0" }) || BUILT.has(it),
  );
  return needsScripts
    ? []
    : [
        {
          kind: "unsafe",
          title: "Leave the scripts out",
          edits: [insert(verb.span.end, " --ignore-scripts")],
        },
      ];
}

/** Packages that download or make something when they are installed. */
const BUILT: ReadonlySet<string> = new Set(
  "@prisma/client prisma puppeteer electron cypress esbuild".split(" "),
);

/** A stage and those that it is built on, as many as anybody writes. */
function stagesFrom(stage: Stage): readonly Stage[] {
  const stages: Stage[] = [];
  for (const it of stagesDownFrom(stage)) if (stages.push(it) === MOST_STAGES) break;
  return stages;
}

const MOST_STAGES = 10;

function callsNode(instruction: Instruction): boolean {
  if (instruction.name !== "RUN") return false;
  return /npm|npx|yarn|\.bin\//.test([instruction.body.text, ...documentsOf(instruction)].join("\n"));
}

function documentsOf({ hereDocuments }: Instruction): readonly string[] {
  return hereDocuments.map((it) => it.text.text);
}

/** Do the packages of another stage come, or those of the host? */
function mayCopyPackages({ name, flags, words }: Instruction, { model }: Stage): boolean {
  if (name !== "COPY" && name !== "ADD") return false;
  // What is built holds no packages.
  const isOutput = words.length > 1 && words.slice(0, -1).every((it) => OUTPUT.test(it.raw));
  return (
    (flags.some((it) => it.name === "from") && !isOutput) ||
    model.inputs.context?.exists("node_modules") === "directory"
  );
}

const OUTPUT = /\/(?:dist|build|lib|out|public|prisma|\.next|generated)\/?$/;

/** NODE_ENV for a command, as far as its script and the stage say; what is written in front of it goes before. */
function environmentOf(command: Command, script: Script | undefined, state: StageState): string | undefined {
  const exported = script?.commands
    .filter((it) => it.name?.literal === "export" && it.span.start < command.span.start)
    .flatMap((by) => by.arguments.map((word) => ({ word, by })))
    .findLast(({ word }) => word.raw.startsWith("NODE_ENV="));
  if (exported) {
    const { word, by } = exported;
    return by.subshell || by.conditional ? undefined : word.literal?.slice("NODE_ENV=".length);
  }
  const environment = state.variable("NODE_ENV");
  return environment.known ? environment.value : undefined;
}

/** Is it Yarn 1, by the lock file that the context has? Later ones install all, whatever NODE_ENV says. */
function isClassic({ model }: Stage): boolean {
  return /^# yarn lockfile v1$/m.test(model.inputs.context?.read("yarn.lock")?.slice(0, 500) ?? "");
}

/** Single packages, or files that another stage installed; package managers bring nothing for a project. */
function bringsMore(command: Command): boolean {
  const [verb, ...rest] = wordsOf(command);
  if (!/^(npm|pnpm|yarn|corepack)$/.test(command.name?.literal ?? "")) return false;
  const packages = rest.filter((it) => !it.startsWith("-"));
  if (packages.length > 0 && packages.every((it) => MANAGERS.test(it))) return false;
  return (
    (/^(install|i|add|global)$/.test(verb ?? "") && packages.length > 0) ||
    [verb, ...rest].some((it) => it === "-g" || it === "--global")
  );
}

const MANAGERS = /^(npm|pnpm|yarn|corepack|node-gyp)(@.*)?$/;

function fixesOf({ name, arguments: all }: Command): Fix[] {
  const [verb] = all;
  if (name?.literal !== "npm" || !verb || all.some((it) => /omit|prod|-P/.test(it.raw))) return [];
  return [
    {
      kind: "unsafe",
      title: "Install devDependencies too",
      edits: [insert(verb.span.end, " --include=dev")],
    },
  ];
}
