import type { BuildContext } from "../../model/context/build-context.ts";
import { source } from "../../text/source.ts";
import { contextSources, isProject } from "../knowledge/context-sources.ts";
import { dockerfileRule } from "../rule.ts";

export const copyAllWithoutDockerignore = dockerfileRule({
  id: "copy-all-without-dockerignore",
  title: "Whole context copied, and no ignore file",
  severity: "info",
  tags: ["cache", "size", "security"],
  aliases: ["S6470", "S51", "dockerignore-missing"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports the first \`COPY . …\` of a file whose build context has no ignore file and holds what hardly any image needs:
      \`.git\`, \`node_modules\`, \`.venv\`, \`target\`, \`.env\` … Silent where none of these is there.`,
    why: source`
      All of it is sent to the builder and copied into the image, each commit changes \`.git\` and so undoes the cache of
      everything below, and files of the host replace those that the build has made.`,
    context: { ".git/HEAD": "", "node_modules/express/index.js": "", "server.js": "" },
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY . .
           ^ copy-all-without-dockerignore: Without an ignore file this copies .git and node_modules too.`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY server.js ./`,
  },

  check({ stages, inputs: { context } }, report) {
    // Podman's own name for it.
    if (context?.ignoreFile.kind !== "none" || context.exists(".containerignore") !== "absent") return;
    if (!isProject(context)) return;
    let needless: readonly string[] | undefined;
    for (const stage of stages)
      for (const copy of stage.instructions) {
        const whole = contextSources(copy, stage).find((it) => it.path === "" && !it.isPattern);
        if (!whole || copy.flags.some((it) => it.name === "exclude")) continue;
        needless ??= needlessIn(context);
        if (needless.length > 0)
          report(whole.word.span, `Without an ignore file this copies ${listed(needless)} too.`);
        return;
      }
  },
});

/** What the tools of each language leave beside the sources; of `.env` other rules say more. */
const NEEDLESS = [
  ".git",
  "node_modules",
  ".venv",
  "venv",
  "target",
  "__pycache__",
  ".env",
  ".next",
  ".terraform",
];

function needlessIn(context: BuildContext): readonly string[] {
  return NEEDLESS.filter((it) => context.exists(it) === (it === ".env" ? "file" : "directory"));
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
