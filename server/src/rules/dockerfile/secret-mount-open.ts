import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const secretMountOpen = instructionRule({
  id: "secret-mount-open",
  title: "Mounted secret that every user of a RUN may read",
  severity: "info",
  tags: ["security"],
  aliases: ["S6469"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`RUN --mount=type=secret\` and \`type=ssh\` with a mode that lets others read or write (\`mode=0444\`).`,
    why: source`
      Install scripts of packages often run as a user of their own, and read it too. \`uid=\` gives it to the one user who
      needs it. Without a mode only the owner reads a secret (0400) and uses an agent (0600).`,
    bad: source`
      # syntax=docker/dockerfile:1
      FROM node:24
      RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc,mode=0444 npm --version
                                                                     ^^^^ secret-mount-open: With the mode 0444 every user who runs something here can read this secret.`,
    good: source`
      # syntax=docker/dockerfile:1
      FROM node:24
      RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc,uid=1000 npm --version`,
  },
  instructions: ["RUN"],
  triggers: true,

  check(run, _, report) {
    for (const { flag, type } of mountsOf(run)) {
      if (type !== "secret" && type !== "ssh") continue;
      const mode = flag.fields.find((it) => it.name === "mode");
      if (!mode?.value || !mode.valueSpan || !isForOthers(mode.value)) continue;
      const can = type === "ssh" ? "use this agent" : "read this secret";
      report(mode.valueSpan, `With the mode ${mode.value} every user who runs something here can ${can}.`);
    }
  },
});

/** BuildKit reads modes as octal numbers. */
function isForOthers(mode: string): boolean {
  return /^[0-7]{3,4}$/.test(mode) && (Number.parseInt(mode, 8) & 0o006) !== 0;
}
