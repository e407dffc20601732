import { type PackageJson, packageJson } from "../../model/stage/package-json.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { installsAll, leavesDevOut, wordsOf } from "../knowledge/packages/node-installs.ts";
import { type Fix, stageRule } from "../rule.ts";

export const productionBeforeBuild = stageRule({
  id: "production-before-build",
  title: "NODE_ENV=production before a build that needs devDependencies",
  severity: "warning",
  tags: ["build"],
  aliases: ["S44", "prod-env-before-build"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`npm ci\`, \`npm install\`, \`pnpm install\` and \`yarn install\` under \`NODE_ENV=production\` or with
      \`--omit=dev\`, where the same stage then runs a script of package.json whose program is one of its devDependencies.
      Needs a package.json that can be read.`,
    why: source`
      With NODE_ENV=production the package manager leaves the devDependencies out, and with them the compiler or bundler
      that the build calls: it fails with "tsc: not found".`,
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

  check(stage, report) {
    const runs = stage.instructions.filter(callsNode);
    const json = runs.length > 0 ? packageJson(stage.model) : undefined;
    if (!json || json.devDependencies.size === 0) return;
    let bare: { readonly command: Command; readonly why: string } | undefined;
    for (const run of runs) {
      const state = stage.before(run);
      const environment = state.variable("NODE_ENV");
      for (const command of stage.scriptOf(run)?.commands ?? []) {
        if (bringsMore(command)) return;
        if (installsAll(command) !== undefined) {
          const why = leavesDevOut(command, environment.known ? environment.value : undefined);
          bare = why === undefined || command.conditional ? undefined : { command, why };
          continue;
        }
        const missing = bare && missingProgram(command, json);
        if (!bare || missing === undefined || command.conditional) continue;
        const verb = bare.command.arguments[0]?.span.end ?? bare.command.name?.span.end;
        const start = bare.command.name?.span.start ?? bare.command.span.start;
        report(
          { start, end: verb ?? start },
          `${bare.why} leaves devDependencies out, and ${missing.script} needs ${missing.program} of them.`,
          {
            related: [
              { message: `${missing.script} runs ${missing.program}.`, span: command.span },
              ...environment.because,
            ],
            fixes: fixesOf(bare.command),
          },
        );
        return;
      }
    }
  },
});

function callsNode(instruction: Instruction): boolean {
  if (instruction.name !== "RUN") return false;
  const { text } = instruction.body;
  return text.includes("npm") || text.includes("yarn");
}

/** Single packages, or files that another stage installed. */
function bringsMore(command: Command): boolean {
  const [verb, ...rest] = wordsOf(command);
  if (!/^(npm|pnpm|yarn|corepack)$/.test(command.name?.literal ?? "")) return false;
  return (
    (/^(install|i|add|global)$/.test(verb ?? "") && rest.some((it) => !it.startsWith("-"))) ||
    [verb, ...rest].some((it) => it === "-g" || it === "--global")
  );
}

/** The script that a command runs, and the program of it that only a devDependency brings. */
function missingProgram(
  command: Command,
  { scripts, dependencies, devDependencies }: PackageJson,
): { readonly script: string; readonly program: string } | undefined {
  const [verb, name] = wordsOf(command);
  const program = command.name?.literal;
  const isRun = /^(npm|pnpm|yarn)$/.test(program ?? "") && verb === "run";
  const script = isRun ? name : program === "yarn" || program === "pnpm" ? verb : undefined;
  const text = script === undefined || !Object.hasOwn(scripts, script) ? undefined : scripts[script];
  const [first = ""] = text?.trim().split(/\s+/) ?? [];
  const packageName = PACKAGES[first] ?? first;
  if (!devDependencies.has(packageName) || dependencies.has(packageName)) return undefined;
  return { script: `${program} ${isRun ? "run " : ""}${script}`, program: first };
}

/** Programs that are called otherwise than their package. */
const PACKAGES: Readonly<Record<string, string>> = {
  tsc: "typescript",
  ng: "@angular/cli",
  nest: "@nestjs/cli",
  "vue-cli-service": "@vue/cli-service",
  babel: "@babel/cli",
  "vue-tsc": "vue-tsc",
  swc: "@swc/cli",
  sv: "@sveltejs/kit",
};

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
