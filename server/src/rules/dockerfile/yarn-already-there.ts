import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { source } from "../../text/source.ts";
import { npmForces } from "../knowledge/packages/node/npm-force.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { factsBelow } from "../knowledge/users/user-ids.ts";
import { commandRule } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const yarnAlreadyThere = commandRule({
  id: "yarn-already-there",
  title: "Yarn that npm is to install over the image's own",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`npm install -g yarn\` in an official image of Node.js that has Yarn already (all up to 25). Silent with \`--force\`, with another
      prefix, and where something has changed what is there.`,
    why: source`
      The image has \`/usr/local/bin/yarn\` from elsewhere, and npm overwrites no file that is not its own: it ends with "EEXIST: file
      already exists". The image's Yarn 1 can be used as it is.`,
    bad: source`
      FROM node:24-alpine
      RUN npm install -g yarn
                         ^^^^ yarn-already-there: This image has yarn already, and npm does not overwrite it.`,
    good: source`
      FROM node:24-alpine
      RUN yarn --version`,
  },
  programs: ["npm"],

  check({ command, script, run, instruction, stage }, report) {
    const { arguments: words } = command;
    if (instruction.name !== "RUN" || !script.complete || mayFail(command)) return;
    const [verb] = words.filter((it) => !it.raw.startsWith("-"));
    const isGlobal = words.some((it) => /^(?:-g|--global|--location=global)$/.test(it.raw));
    const yarn = words.find((it) => /^yarn(?:@[\w.^~-]+)?$/.test(it.literal ?? ""));
    if (!isGlobal || !yarn || !/^(?:install|i|add)$/.test(verb?.literal ?? "")) return;
    if (npmForces(words.map((it) => it.raw)) || words.some((it) => it.raw.startsWith("--prefix"))) return;
    const before = stage.before(run);
    const names = ["NPM_CONFIG_PREFIX", "npm_config_prefix", "NPM_CONFIG_FORCE", "npm_config_force"];
    if (factsBelow(stage)?.name !== "node" || names.some((it) => before.isSet(it).is !== "no")) return;
    const state = stage.beforeCommand(command, run);
    if (state.hasTool("yarn").is !== "yes" || state.isToolBrought("yarn").is !== "no") return;
    for (const { instructions } of stagesDownFrom(stage))
      if (instructions.some((it) => it.span.start <= run.span.start && says(CHANGED, it))) return;
    const last = words.at(-1);
    report(yarn.span, "This image has yarn already, and npm does not overwrite it.", {
      related: state.hasTool("yarn").because,
      severity: failsRun(command, script, run, stage) ? "error" : "warning",
      fixes: last
        ? [{ kind: "unsafe", title: "Add --force", edits: [insertWordBehind(last, "--force", run)] }]
        : [],
    });
  },
});

/** Npm is told in another way where to install to, or a pattern removes what is there. */
const CHANGED = /\bprefix\b|npmrc|\byarn\S*[*?[]|-delete\b/;
