import type { ImageReference, Stage } from "../../model/stage/stage.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { commandRule, type Fix } from "../rule.ts";

export const corepackGone = commandRule({
  id: "corepack-gone",
  title: "Corepack or Yarn, which Node's image no longer has",
  severity: "error",
  tags: ["build"],
  aliases: ["S14", "node-yarn-corepack-gone"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`corepack\` in Node's image from version 25 on and \`yarn\` from 26 on, unless something installs it first.`,
    why: source`
      Node 25 comes without corepack, and Node's image 26 without Yarn: the command is not found, and the build ends.
      \`npm install --global corepack\` (or yarn) brings it back.`,
    bad: source`
      FROM node:26-alpine
      RUN corepack enable
          ^^^^^^^^ corepack-gone: node:26-alpine has no corepack: Node 25 was the first without.`,
    good: source`
      FROM node:26-alpine
      RUN npm install --global corepack && corepack enable`,
  },
  programs: ["corepack", "yarn", "yarnpkg"],

  check({ program, command, script, run, instruction, stage }, report) {
    const image = imageBelow(stage);
    const name = program === "corepack" ? "corepack" : "yarn";
    if (!command.name || image?.name !== "node" || instruction.name === "ONBUILD") return;
    const state = stage.beforeCommand(command, instruction);
    const there = state.hasTool(name);
    const failure = failureOf(command, script, run, stage);
    if (there.is !== "no" || failure === "allowed" || command.name.literal !== program) return;
    // Of a script that calls it again the first call is told.
    const told = script.commands.find(
      (it) => it.name?.literal === program && failureOf(it, script, run, stage) !== "allowed",
    );
    if (told !== command) return;

    const first = name === "corepack" ? "Node 25" : "the image of Node 26";
    report(command.name.span, `${image.text} has no ${name}: ${first} was the first without.`, {
      severity: failure === "stops" ? "error" : "warning",
      related: there.because,
      fixes:
        command.after === "first" && !run.exec && run.hereDocuments.length === 0
          ? [installation(name, command.span.start)]
          : [],
    });
  },
});

function imageBelow({ bottom: { base } }: Stage): ImageReference | undefined {
  return base.kind === "image" ? base.image : undefined;
}

function installation(name: string, at: number): Fix {
  const edits = [insert(at, `npm install --global ${name} && `)];
  return { kind: "unsafe", title: `Install ${name} first`, edits };
}
