import { type PackageJson, packageJson } from "../../model/stage/package-json.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import type { StartedCommand } from "../../model/stage/started/started-word.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { listed } from "../../text/listed.ts";
import { source } from "../../text/source.ts";
import { setsUpSystem } from "../knowledge/commands/system-setup.ts";
import { groupInstall, isTakenFrom, runsInProduction } from "../knowledge/packages/development-groups.ts";
import { installScripts } from "../knowledge/packages/needs/manifest-parts.ts";
import {
  developmentInstall,
  installsAll,
  type NodeInstall,
  wordsOf,
} from "../knowledge/packages/node/node-installs.ts";
import { isForDevelopment } from "../knowledge/stages/for-development.ts";
import { runsSaying } from "../knowledge/stages/runs-saying.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { nodeStageFixes } from "../writing/multi-stage/multi-stage.ts";

export const developmentDependenciesShipped = stageRule({
  id: "development-dependencies-shipped",
  title: "Development dependencies shipped with the service",
  severity: "info",
  tags: ["size", "security"],
  aliases: ["composer-no-dev-in-production", "missing-bundle-without-development"],
  since: "0.3.0",
  fix: "unsafe",
  enabled: true,
  reach: "file",
  docs: {
    what: source`
      Reports an npm, yarn or pnpm install of a final stage that brings the devDependencies of package.json, where nothing
      takes them away again and the container starts a script with \`node\`. The same for Composer, uv, Poetry and, where
      RAILS_ENV is production, Bundler, also where the final stage copies their folder from another one. Silent for images
      that start a tool of theirs, for stages to work in, and where the manifest cannot be read.`,
    why: source`
      Compilers, bundlers and test runners are much of what a project installs. They are pulled with each release,
      and a scanner reports their weaknesses as the service's. What the build needs can stay in a stage of its own.`,
    context: {
      "package.json":
        '{ "scripts": { "build": "tsc" }, "dependencies": { "express": "5" }, "devDependencies": { "typescript": "6" } }',
      "package-lock.json": '{ "lockfileVersion": 3, "packages": {} }',
      "src/main.ts": "",
    },
    bad: source`
      FROM node:24
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
          ^^^^^^ development-dependencies-shipped: npm ci brings the devDependencies too (typescript), and the image ships them.
      CMD ["node", "dist/main.js"]`,
    good: source`
      FROM node:24 AS builder
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM node:24-slim
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev
      COPY --from=builder /app/dist /app/dist
      CMD ["node", "dist/main.js"]`,
  },

  check(stage, report) {
    checkGroups(stage, report);
    checkRequirements(stage, report);
    if (!stage.isFinal || stage.base.kind !== "image" || !callsManager(stage)) return;
    const json = packageJson(stage.model);
    const names = json ? [...json.devDependencies].filter((it) => !json.dependencies.has(it)) : [];
    if (!json || names.length === 0) return;
    const started = startedCommand(stage);
    if (!started || !startsScript(started, names)) return;
    const install = developmentInstall(stage, json);
    if (!install) return;

    const { name, arguments: words, span } = install.command;
    const verb = words[0]?.raw.startsWith("-") ? undefined : words[0];
    const start = name?.span.start ?? span.start;
    const called = [install.manager, ...(verb ? [verb.raw] : [])].join(" ");
    report(
      { start, end: (verb ?? name)?.span.end ?? span.end },
      `${called} brings the devDependencies too (${few(names)}), and the image ships them.`,
      {
        related: [{ message: "Only this is started.", span: started.program.span }],
        fixes: fixesOf(stage, install, json),
      },
    );
  },
});

/** Of other languages: what a group of the manifest is for, not what a script needs, tells. */
function checkGroups(stage: Stage, report: Report): void {
  const final = stage.model.finalStage;
  if (!final || isForDevelopment(final) || isForDevelopment(stage)) return;
  const install = groupInstall(stage);
  if (!install || !runsInProduction(install.manager, final) || startsTool(final)) return;
  const { manager, command, verb, run, listed: names, edits } = install;
  if (!isShipped(stage) && !isTakenFrom(stage, run, manager, final)) return;
  const which = manager.program === "composer" || manager.program === "uv" ? ` (${few(names)})` : "";
  report(
    { start: command.name?.span.start ?? command.span.start, end: verb.span.end },
    `${manager.program} ${manager.verb} brings ${manager.called} too${which}, and the image ships them.`,
    { fixes: [{ kind: "unsafe", title: "Leave them out", edits }] },
  );
}

/** `pip install -r requirements-dev.txt`, `pip install .[test]`, `pipenv install --dev` for a server that runs in production. */
function checkRequirements(stage: Stage, report: Report): void {
  const list = developmentList(stage);
  const final = stage.model.finalStage;
  if (!list || !final || isForDevelopment(final) || isForDevelopment(stage) || !isShipped(stage)) return;
  // What is started is asked last: it means the configuration of all stages below.
  const started = startedCommand(final);
  const isServer = /^(gunicorn|uvicorn|hypercorn|daphne|granian|waitress-serve|celery)$/.test(
    started?.program.text ?? "",
  );
  if (
    !started ||
    !isServer ||
    started.words.some((it) => it.text === undefined || /^--(reload|debug)/.test(it.text))
  )
    return;
  report(
    list.word.span,
    `${list.what} brings what is for development and tests too, and the image ships it.`,
    {
      related: [{ message: "Only this is started.", span: started.program.span }],
      fixes: [],
    },
  );
}

interface DevelopmentList {
  readonly word: ShellWord;
  readonly what: string;
}

/** The first of a stage: `pip install -r dev-requirements.txt`, `pipenv install --dev`. */
function developmentList(stage: Stage): DevelopmentList | undefined {
  for (const run of runsSaying(INSTALLERS, stage)) {
    for (const { name, arguments: words, conditional } of stage.scriptOf(run)?.commands ?? []) {
      const program = name?.literal ?? "";
      if (conditional || !name || !words.some((it) => it.literal === "install" || it.literal === "sync"))
        continue;
      const isPip = /^(pip[\d.]*|uv|python[\d.]*)$/.test(program);
      const word = words.find(({ literal }) =>
        isPip
          ? DEVELOPMENT_LIST.test(literal ?? "")
          : program === "pipenv" && /^(--dev|-d)$/.test(literal ?? ""),
      );
      if (word) return { word, what: isPip ? (word.literal ?? word.raw) : "--dev" };
    }
  }
  return undefined;
}

const INSTALLERS = /\b(?:pip|uv|python|pipenv)/;

/** A list of requirements by its name, or an extra of the project in the context. */
const DEVELOPMENT_LIST =
  /^(-r|--requirement=)?(?!\/tmp)([\w./-]*[/_.-])?(dev|develop|development|tests?|testing|lint|ci)([_-]?(requirements|reqs?))?\.txt$|^\.{1,2}(\/[\w/-]*)?\[[\w,-]*\b(dev|test|tests|lint)\b[\w,-]*\]$/;

/** A tool for tests, or for writing code. */
function startsTool(stage: Stage): boolean {
  const name = startedCommand(stage)?.program.text;
  return name !== undefined && /^(pytest|tox|nox|phpunit|pest|rspec|rake|ruff|mypy|jupyter\S*)$/.test(name);
}

function callsManager({ instructions }: Stage): boolean {
  return instructions.some((it) => it.name === "RUN" && says(/\b(p?npm|yarn)\b/, it));
}

/** A script, and no tool for development, in its words or loaded by them. */
function startsScript({ program, words }: StartedCommand, names: readonly string[]): boolean {
  const texts = words.map((it) => it.text);
  if (program.text !== "node" || !texts.some((it) => it !== undefined && !it.startsWith("-"))) return false;
  return texts.every(
    (it) =>
      it !== undefined &&
      !/^--(watch|inspect)|node_modules\//.test(it) &&
      !names.some((name) => it === name || it.startsWith(`${name}/`) || it.endsWith(`=${name}`)),
  );
}

/** `typescript`, `typescript and vite`, `typescript and 7 more` */
function few(names: readonly string[]): string {
  return listed(names, names.length > 2 ? 1 : 2);
}

function fixesOf(stage: Stage, install: NodeInstall, json: PackageJson): Fix[] {
  if (isLast(stage, install)) return leaveOut(stage, install, json);
  return nodeStageFixes(stage, install, json);
}

/** Does no command behind the install build anything? */
function isLast(stage: Stage, { command }: NodeInstall): boolean {
  const commands = stage.instructions
    .filter((it) => it.name === "RUN")
    .flatMap((it) => stage.commandsOf(it)?.commands ?? []);
  return commands
    .slice(commands.indexOf(command) + 1)
    .every(
      (it) =>
        setsUpSystem(it) ||
        /^(echo|rm|chown|chmod|mkdir)$/.test(it.name?.literal ?? "") ||
        (installsAll(it) === undefined && wordsOf(it)[0] === "cache"),
    );
}

function leaveOut({ base }: Stage, { manager, command }: NodeInstall, { scripts }: PackageJson): Fix[] {
  // npm 6 of Node 14 and earlier knows no --omit; and what runs on install may be one of the tools.
  const version = base.kind === "image" ? /^\d+/.exec(base.image.tag ?? "")?.[0] : undefined;
  if (version !== undefined && Number(version) < 16) return [];
  if (installScripts("npm").some((it) => Object.hasOwn(scripts, it))) return [];
  const [verb] = command.arguments;
  const option = { npm: "--omit=dev", pnpm: "--prod", yarn: undefined }[manager];
  const isGiven = command.arguments.some((it) => /dev|prod|omit/.test(it.raw));
  if (!verb || option === undefined || isGiven) return [];
  return [
    { kind: "unsafe", title: "Leave devDependencies out", edits: [insert(verb.span.end, ` ${option}`)] },
  ];
}
