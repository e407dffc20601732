import { imageNameBelow } from "../../model/stage/base-image.ts";
import { mayCopyTo } from "../../model/stage/copy-target.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import type { StartedCommand } from "../../model/stage/started/started-word.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { type BackgroundProgram, inBackground } from "../knowledge/started/background-programs.ts";
import { type Fix, stageRule } from "../rule.ts";
import { wordsBehind } from "../writing/commands/started-words.ts";

export const leavesForeground = stageRule({
  id: "leaves-foreground",
  title: "Program that goes to the background and takes the container with it",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports what the final image starts where that goes on in the background and ends: \`service nginx start\`, \`nginx\` without
      \`daemon off;\`, \`sshd\` without \`-D\`, \`cron\` without \`-f\`, \`apachectl start\`, \`pm2 start\`, \`gunicorn --daemon\`,
      and a shell form whose last command ends in \`&\`. Silent where a file of settings may keep it in front.`,
    why: source`
      A container lives as long as the process that it was started with. A program that was made for a machine puts itself into
      the background; its first process ends, and Docker ends the container with status 0 a moment after it began, without any
      message.`,
    bad: source`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
      CMD ["nginx"]
           ^^^^^^^ leaves-foreground: nginx goes on in the background, and the container ends as soon as it has started.`,
    good: source`
      FROM debian:13-slim
      RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
      CMD ["nginx", "-g", "daemon off;"]`,
  },

  check(stage, report) {
    if (!stage.isFinal || !stage.instructions.some((it) => it.name === "CMD" || it.name === "ENTRYPOINT"))
      return;
    const last = lastBehindAmpersand(stage);
    if (last) {
      report(last, "This goes on in the background, and the container ends with the shell that started it.");
      return;
    }
    const started = startedCommand(stage);
    const known = started && isOfSystem(started, stage) && inBackground(initScript(started, stage));
    if (!known || !started.program.instruction || started.program.written === "elsewhere") return;
    if (known.settings && !keepsDefaults(known.settings, stage)) return;
    const name = started.program.text;
    report(
      started.program.span,
      `${name} goes on in the background, and the container ends as soon as it has started.`,
      { fixes: fixesOf(started, known) },
    );
  },
});

/** Is it the well-known program of this name? What the author brings, or has in a folder of his own, may be another. */
function isOfSystem({ program }: StartedCommand, { model, result }: Stage): boolean {
  const written = model.file.text.slice(program.span.start, program.span.end).replace(/^["']|["']$/g, "");
  if (written.includes("/") && !/^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$|^\/etc\/init\.d\//.test(written))
    return false;
  return !result.files.some((it) => it.kind !== "directory" && baseName(it.path) === program.text);
}

/** `/etc/init.d/nginx start` is what `service nginx start` calls. */
function initScript(started: StartedCommand, { model }: Stage): StartedCommand {
  const { program, words } = started;
  const written = model.file.text.slice(program.span.start, program.span.end);
  return /\/init\.d\//.test(written)
    ? { ...started, program: { ...program, text: "service" }, words: [program, ...words] }
    : started;
}

/** The last command of the shell form that is started, where that is put behind. */
function lastBehindAmpersand(stage: Stage): Span | undefined {
  const { entrypoint, command } = stage.result;
  if (!entrypoint.known || !command.known) return undefined;
  const started = entrypoint.value ?? command.value;
  const instruction = started?.form === "shell" ? started.instruction : undefined;
  if (!instruction || !stage.instructions.includes(instruction)) return undefined;
  const script = stage.scriptOf(instruction);
  const last = script?.commands.at(-1);
  const isEnd = script?.complete && last?.background && !last.conditional && !last.subshell;
  return isEnd ? last.name?.span : undefined;
}

/** Are the program's settings those that it came with: it is an official image's or a package's, and nothing speaks of them? */
function keepsDefaults(settings: RegExp, stage: Stage): boolean {
  if (imageNameBelow(stage)?.name.includes("/") !== false) return false;
  for (const it of stagesDownFrom(stage))
    for (const instruction of it.instructions) if (mayChange(instruction, it, settings)) return false;
  return true;
}

function mayChange(instruction: Instruction, stage: Stage, settings: RegExp): boolean {
  const { name } = instruction;
  if (name === "COPY" || name === "ADD")
    return mayCopyTo(settings, instruction, stage) || mayCopyTo(/^\/(?:etc)?$/, instruction, stage);
  return name === "RUN" && says(/\.sh\b|\bsed\b|>|\|/, instruction) && says(settings, instruction);
}

function fixesOf({ program, words }: StartedCommand, { foreground }: BackgroundProgram): Fix[] {
  const edit = foreground && wordsBehind(words.at(-1) ?? program, foreground);
  return edit ? [{ kind: "unsafe", title: `Keep ${program.text} in the foreground`, edits: [edit] }] : [];
}
