import { source } from "../../text/source.ts";
import { mayBeAnotherProgram } from "../knowledge/commands/other-programs.ts";
import { nodeMajorBelow } from "../knowledge/images/node-image.ts";
import { npmForces } from "../knowledge/packages/node/npm-force.ts";
import { type PackageCommand, readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const cleaningRefused = commandRule({
  id: "cleaning-refused",
  title: "Cleaning that the package manager refuses as it is written",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`npm cache clean\` without \`--force\`, and \`dnf clean\` and \`yum clean\` that do not say what. It is an error where
      the build certainly ends with it. The fix adds \`--force\` or \`all\`.`,
    why: source`
      Since version 5 npm mends its cache itself, and refuses to empty it unless it is forced to. dnf and yum ask for what they are to
      clean. Both end with an error, after all has been installed.`,
    bad: source`
      FROM node:22-slim
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci && npm cache clean
                    ^^^^^^^^^^^^^^^ cleaning-refused: npm does not empty its cache without --force.`,
    good: source`
      FROM node:22-slim
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci && npm cache clean --force`,
  },
  programs: ["npm", "dnf", "yum"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (run !== instruction || command.conditional) return;
    const cleaning = readPackageCommand(command);
    if (!cleaning || cleaning.isOpen || cleaning.operands.length > 0) return;
    const missing = missingIn(cleaning, call);
    if (missing === undefined || mayBeAnotherProgram(call)) return;
    const message =
      missing === "all"
        ? `${cleaning.program} clean has to be told what to clean.`
        : "npm does not empty its cache without --force.";
    report(cleaning.span, message, {
      fixes: [
        {
          kind: "safe",
          title: `Add ${missing}`,
          edits: [insertWordBehind(cleaning.verbWord, missing, run)],
        },
      ],
      ...(failsRun(command, script, run, stage) ? {} : { severity: "warning" }),
    });
  },
});

/** Tried with npm 6 to 11 and DNF 4.14, 2026-11. */
function missingIn(command: PackageCommand, { stage, run }: CommandCall): string | undefined {
  if (command.manager !== "npm") return command.verb === "clean" ? "all" : undefined;
  if (!/^cache (?:clean|clear|rm)$/.test(command.verb)) return undefined;
  if (npmForces(command.words) || setsForce(command)) return undefined;
  const state = stage.before(run);
  for (const name of ["NPM_CONFIG_FORCE", "npm_config_force"]) {
    const variable = state.variable(name);
    if (variable.known && variable.value !== undefined) return undefined;
  }
  const major = nodeMajorBelow(stage);
  return major !== undefined && major < 8 ? undefined : "--force";
}

function setsForce({ command: { assignments } }: PackageCommand): boolean {
  return assignments.some((it) => /^npm_config_force$/i.test(it.name));
}
