import { type DockerfileModel, notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { saysText } from "../../syntax/dockerfile/says.ts";
import type { Command, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { isForDevelopment } from "../knowledge/stages/for-development.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Report, stageRule } from "../rule.ts";

export const debuggerShipped = stageRule({
  id: "debugger-shipped",
  title: "Debugger in the image that is shipped",
  severity: "info",
  tags: ["security", "run"],
  aliases: ["no-xdebug-in-final-image"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  asksBeyond: ({ model }) => String(isXdebugOff(model)),
  docs: {
    what: source`
      Reports Xdebug that the final stage installs and turns on, a command that starts with a debugger open to other machines
      (\`node --inspect=0.0.0.0\`, \`debugpy --listen 0.0.0.0:…\`), and ENV that does the same for Java (\`-agentlib:jdwp\`).
      Silent for stages called \`dev\`, \`debug\`, \`test\` and the like, and for what runs under a condition.`,
    why: source`
      Xdebug slows every request down. An open debugger lets whoever reaches its port run any code in the service, without a
      password. A stage of its own for development keeps both out of what is shipped.`,
    bad: source`
      FROM php:8.4-fpm
      RUN pecl install xdebug-3.4.5 && docker-php-ext-enable xdebug
                                                             ^^^^^^ debugger-shipped: Xdebug is loaded for each request, and the image ships it.`,
    good: source`
      FROM php:8.4-fpm AS production
      WORKDIR /srv/app
      FROM production AS dev
      RUN pecl install xdebug-3.4.5 && docker-php-ext-enable xdebug
      FROM production`,
  },

  check(stage, report) {
    const final = stage.model.finalStage;
    if (!final || !isShipped(stage) || isForDevelopment(final) || isForDevelopment(stage)) return;
    checkXdebug(stage, report);
    checkJava(stage, report);
    if (stage.isFinal) checkStart(stage, report);
  },
});

function checkXdebug(stage: Stage, report: Report): void {
  for (const run of stage.instructions) {
    if (run.name !== "RUN" || !saysText("xdebug", run)) continue;
    for (const command of stage.commandsOf(run)?.commands ?? []) {
      const word = command.conditional ? undefined : enabledXdebug(command, stage);
      if (!word || isXdebugOff(stage.model)) continue;
      report(word.span, "Xdebug is loaded for each request, and the image ships it.");
      return;
    }
  }
}

/** PECL only builds it; Debian's package and `install-php-extensions` turn it on as well. */
function enabledXdebug(command: Command, { bottom: { base } }: Stage): ShellWord | undefined {
  const program = command.name?.literal && baseName(command.name.literal);
  if (program === "docker-php-ext-enable" || program === "install-php-extensions")
    return command.arguments.find((it) => /^xdebug(-|$)/.test(it.literal ?? ""));
  const call = readPackageCommand(command);
  // The PHP of Docker's own images knows nothing of Debian's packages.
  const isOfficial = base.kind === "image" && base.image.name === "php";
  return call?.act === "install" && call.manager === "apt" && !isOfficial
    ? call.operands.find((it) => /^php[\d.]*-xdebug(=|$)/.test(it.literal ?? ""))
    : undefined;
}

/** Asked of files alone that install it: stages would be evaluated for it. */
const isXdebugOff = notedOnModel(({ file, finalStage }: DockerfileModel): boolean => {
  const mode = file.text.includes("xdebug") ? finalStage?.result.variable("XDEBUG_MODE") : undefined;
  return mode?.known === true && mode.value === "off";
});

/** Variables that every Java virtual machine reads (java launcher, JDK_JAVA_OPTIONS; JVMTI, JAVA_TOOL_OPTIONS). */
const JAVA: ReadonlySet<string> = new Set(["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"]);

function checkJava(stage: Stage, report: Report): void {
  for (const instruction of stage.instructions) {
    if (instruction.name !== "ENV") continue;
    for (const { name, value, span } of instruction.pairs) {
      if (!value || !JAVA.has(name.raw) || !OPEN_JDWP.test(wordValue(value, instruction, stage) ?? ""))
        continue;
      report(span, "Whoever reaches the debugger of this Java runs code in the service.");
    }
  }
}

/** A port alone is open to the machine itself only, since Java 9. */
const OPEN_JDWP = /-(agentlib:jdwp=|Xrunjdwp:)\S*address=(\*|0\.0\.0\.0):\d/;

function checkStart(stage: Stage, report: Report): void {
  const started = startedCommand(stage);
  if (!started) return;
  const { program, words } = started;
  const open = words.find((it, index) => isOpen(program.text, it.text ?? "", words[index + 1]?.text ?? ""));
  if (open?.instruction && open.written !== "elsewhere")
    report(open.span, "Whoever reaches this debugger runs code in the service.");
}

function isOpen(program: string, word: string, next: string): boolean {
  const isEverywhere = (address: string) => /^(0\.0\.0\.0|\[?::\]?|\*)(:|$)/.test(address);
  if (program === "node" || program === "nodemon") {
    const address = /^--inspect(?:-brk|-wait)?=(.+)$/.exec(word)?.[1];
    return address !== undefined && isEverywhere(address);
  }
  if (program === "debugpy") return word === "--listen" && isEverywhere(next);
  if (program === "java") return OPEN_JDWP.test(word);
  return false;
}
