import { packageJson } from "../../model/stage/package-json.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const browserTwice = stageRule({
  id: "browser-twice",
  title: "Browser downloaded beside the one that is used",
  severity: "info",
  tags: ["size"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports an npm or yarn install of a shipped stage that brings Puppeteer with a Chrome of its own, where \`PUPPETEER_EXECUTABLE_PATH\`
      names another browser. Silent with \`PUPPETEER_SKIP_DOWNLOAD\`, \`--ignore-scripts\` and a configuration of Puppeteer's.`,
    why: source`
      When it is installed, Puppeteer downloads several hundred megabytes, which nothing uses once another browser is named.`,
    context: { "package.json": '{ "dependencies": { "puppeteer": "^24.0.0" } }', "package-lock.json": "{}" },
    bad: source`
      FROM node:24-alpine
      RUN apk add --no-cache chromium
      ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev
          ^^^^^^ browser-twice: npm ci downloads a Chrome too, though PUPPETEER_EXECUTABLE_PATH names /usr/bin/chromium.`,
    good: source`
      FROM node:24-alpine
      RUN apk add --no-cache chromium
      ENV PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium PUPPETEER_SKIP_DOWNLOAD=true
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci --omit=dev`,
  },
  onlyWith: { programs: ["npm", "yarn"] },

  check(stage, report) {
    if (!isShipped(stage) || !bringsPuppeteer(stage)) return;
    for (const run of stage.instructions) {
      const script = run.name === "RUN" && !run.exec ? stage.scriptOf(run) : undefined;
      for (const command of script?.commands ?? []) {
        const call = readPackageCommand(command);
        const isInstall = call?.manager === "npm" ? call.act === "install" : command.name?.literal === "yarn";
        if (!isInstall || (call?.operands.length ?? 0) > 0 || !command.name) continue;
        const state = stage.before(run);
        const path = state.variable("PUPPETEER_EXECUTABLE_PATH");
        const mayBeSkipped =
          SKIPPING.some((name) => state.isSet(name).is !== "no" || run.body.text.includes(name)) ||
          command.arguments.some((it) => it.raw.startsWith("--ignore-scripts") || it.literal === undefined);
        if (!path.known || !path.value.startsWith("/") || mayBeSkipped) continue;
        const fix: Fix = {
          kind: "unsafe",
          title: "Set PUPPETEER_SKIP_DOWNLOAD",
          edits: [insertAbove(stage.model.file, run, "ENV PUPPETEER_SKIP_DOWNLOAD=true")],
        };
        const [verb] = command.arguments;
        const called = [command.name.raw, ...(verb && !verb.raw.startsWith("-") ? [verb.raw] : [])].join(" ");
        const start = command.name.span.start;
        report(
          { start, end: start + called.length },
          `${called} downloads a Chrome too, though PUPPETEER_EXECUTABLE_PATH names ${path.value}.`,
          { related: path.because, fixes: [fix] },
        );
        return;
      }
    }
  },
});

/** Since Puppeteer 19 the first alone counts (pptr.dev "Configuration", read 2026-11). */
const SKIPPING = ["PUPPETEER_SKIP_DOWNLOAD", "PUPPETEER_SKIP_CHROMIUM_DOWNLOAD", "npm_config_ignore_scripts"];

/** `puppeteer-core` brings none. */
function bringsPuppeteer({ model }: Stage): boolean {
  const { context } = model.inputs;
  if (!context || !packageJson(model)?.dependencies.has("puppeteer")) return false;
  return ![".puppeteerrc.cjs", ".puppeteerrc", ".puppeteerrc.json", "puppeteer.config.js", ".npmrc"].some(
    (it) => context.exists(it) !== "absent",
  );
}
