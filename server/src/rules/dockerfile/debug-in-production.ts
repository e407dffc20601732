import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { source } from "../../text/source.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { stageRule } from "../rule.ts";

export const debugInProduction = stageRule({
  id: "debug-in-production",
  title: "Debug mode in the image that is shipped",
  severity: "info",
  tags: ["security"],
  aliases: ["S4507"],
  since: "0.2.0",
  fix: "none",
  // An image to develop with looks the same.
  enabled: false,
  asksBeyond: ({ model }) => shippedSwitches(model),
  docs: {
    what: source`
      Reports ENV in the final stage that turns on the debug mode of a framework (\`FLASK_DEBUG=1\`,
      \`DJANGO_DEBUG=True\`, \`NODE_ENV=development\`, \`RAILS_ENV=development\` …) and holds to its end, and a command that
      watches its sources (\`--reload\`, \`nodemon\`). Off by default, since images to develop with do this on purpose.`,
    why: source`
      Debug pages show source code, settings and secrets to whoever makes the service fail; Flask's lets visitors run code.
      Watching the sources costs memory and restarts the service when a file changes.`,
    bad: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir gunicorn
      ENV FLASK_DEBUG=1
          ^^^^^^^^^^^^^ debug-in-production: FLASK_DEBUG turns debug mode on, and the image keeps it.
      CMD ["gunicorn", "app:app"]`,
    good: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir gunicorn
      ENV FLASK_DEBUG=0
      CMD ["gunicorn", "app:app"]`,
  },

  check(stage, report) {
    if (!isShipped(stage)) return;
    const final = stage.model.finalStage;
    for (const instruction of stage.instructions) {
      if (instruction.name !== "ENV") continue;
      for (const { name, value, span } of instruction.pairs) {
        if (!value || !(SWITCHES.has(name.raw) || ENVIRONMENTS.has(name.raw))) continue;
        const text = wordValue(value, instruction, stage);
        if (text === undefined || !turnsDebugOn(name.raw, text)) continue;
        const last = final?.result.variable(name.raw);
        if (last?.known && last.value === text)
          report(span, `${name.raw} turns debug mode on, and the image keeps it.`);
      }
    }
    if (stage.isFinal) checkCommand(stage, report);
  },
});

const SWITCHES: ReadonlySet<string> = new Set(
  "FLASK_DEBUG DJANGO_DEBUG APP_DEBUG RAILS_DEBUG SYMFONY_DEBUG LARAVEL_DEBUG".split(" "),
);

const ENVIRONMENTS: ReadonlySet<string> = new Set(
  "FLASK_ENV NODE_ENV RAILS_ENV RACK_ENV APP_ENV ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT MIX_ENV".split(
    " ",
  ),
);

/** What the final image has of these variables, where the file names one: most do not, and stages would be evaluated for it. */
const shippedSwitches = notedOnModel(({ file, finalStage }: DockerfileModel): string =>
  ENDS_AS_THEY_DO.test(file.text)
    ? NAMES.map((name) => {
        const it = finalStage?.result.variable(name);
        return it?.known ? it.value : "";
      }).join("\n")
    : "",
);

const NAMES: readonly string[] = [...SWITCHES, ...ENVIRONMENTS];

/** One word to look for in place of many: the last one of each name. */
const ENDS_AS_THEY_DO = new RegExp(
  `(?:${[...new Set(NAMES.map((it) => it.replace(/^.*_/, "_")))].join("|")})\\b`,
);

function turnsDebugOn(name: string, value: string): boolean {
  return SWITCHES.has(name) ? /^(1|true|yes|on)$/i.test(value) : /^(dev|development)$/i.test(value);
}

function checkCommand(stage: Stage, report: Parameters<typeof debugInProduction.check>[1]): void {
  const started = startedCommand(stage);
  if (!started?.program.instruction) return;
  const { program, words } = started;
  const reload = words.find((it) => it.text === "--reload" || it.text === "--debug");
  if (/^(nodemon|ts-node-dev|air|watchexec|watchmedo)$/.test(program.text))
    report(
      program.span,
      `${program.text} watches the sources and starts the service again when they change.`,
    );
  else if (reload && /^(uvicorn|gunicorn|flask|hypercorn|granian)$/.test(program.text))
    report(reload.span, `${program.text} ${reload.text} is for development.`);
}
