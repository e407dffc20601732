import { imageNameBelow } from "../../model/stage/base-image.ts";
import { mayCopyTo } from "../../model/stage/copy-target.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { isBefore } from "../../text/version-order.ts";
import { runtimeBelow } from "../knowledge/images/runtimes.ts";
import { GONE_EXTENSIONS, PECL_EXTENSIONS } from "../knowledge/packages/php-extensions.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix, type Report } from "../rule.ts";

export const phpExtensionUnknown = commandRule({
  id: "php-extension-unknown",
  title: "Extension that PHP does not have",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`docker-php-ext-install\` of an extension of PECL (redis, xdebug, imagick, mongodb, apcu …), or of one that this version of PHP no
      longer has (mcrypt since 7.2, xmlrpc since 8.0, imap since 8.4 …), and \`docker-php-ext-enable\` of one of PECL that nothing has installed. Silent where its sources may have been put
      beside those of PHP.`,
    why: source`
      The script compiles what is in /usr/src/php/ext, and ends with "error: /usr/src/php/ext/redis does not exist". Those of PECL
      are installed by \`pecl install\` and switched on by \`docker-php-ext-enable\`.`,
    bad: source`
      FROM php:8.4-cli
      RUN docker-php-ext-install pdo_mysql redis
                                           ^^^^^ php-extension-unknown: redis is no part of PHP: PECL has it.`,
    good: source`
      FROM php:8.4-cli
      RUN docker-php-ext-install pdo_mysql && pecl install redis-6.3.0 && docker-php-ext-enable redis`,
  },
  programs: ["docker-php-ext-install", "docker-php-ext-enable"],

  check(call, report) {
    if (call.program === "docker-php-ext-enable") {
      checkEnabled(call, report);
      return;
    }
    const { command, script, run, instruction, stage } = call;
    const version = runtimeBelow(stage, "PHP")?.version;
    if (instruction.name !== "RUN" || imageNameBelow(stage)?.name !== "php" || version === undefined) return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed" || mayHaveSources(call)) return;
    for (const word of command.arguments) {
      const name = word.literal ?? "";
      const gone = GONE_EXTENSIONS.get(name);
      const isGone = gone !== undefined && !isBefore(version, gone);
      if (!isGone && !PECL_EXTENSIONS.has(name)) continue;
      const message = isGone
        ? `PHP has no ${name} since ${gone}, and this is ${version}.`
        : `${name} is no part of PHP: PECL has it.`;
      report(word.span, message, {
        severity: failure === "stops" ? "error" : "warning",
        fixes: isGone ? [] : byPecl(name, call),
      });
    }
  },
});

/** What is switched on has to be there: "error: 'redis' does not exist" (docker-php-ext-enable, read 2026-11-28). */
function checkEnabled(call: CommandCall, report: Report): void {
  const { command, script, run, instruction, stage } = call;
  if (instruction.name !== "RUN" || !script.complete || imageNameBelow(stage)?.name !== "php") return;
  const failure = failureOf(command, script, run, stage);
  if (failure === "allowed") return;
  for (const word of command.arguments) {
    const name = word.literal ?? "";
    if (!PECL_EXTENSIONS.has(name) || mayHaveExtension(name, word, call)) continue;
    report(word.span, `Nothing has installed ${name} here, which is no part of PHP.`, {
      severity: failure === "stops" ? "error" : "warning",
      fixes: [],
    });
  }
}

/** A word of it, or of something that may bring any, is enough. */
function mayHaveExtension(name: string, { span }: ShellWord, { stage, run }: CommandCall): boolean {
  const brings = new RegExp(`${literally(name)}|${ANY_EXTENSION}`, "i");
  for (const it of stagesDownFrom(stage))
    for (const each of it.instructions) {
      if (it === stage && each.span.start > run.span.start) break;
      const text = each === run ? stage.model.file.text.slice(run.span.start, span.start) : each.body.text;
      if (brings.test(text)) return true;
      if (/^(?:COPY|ADD)$/.test(each.name) && mayCopyTo(/^\/(?:usr(?:\/.*)?)?$/, each, it)) return true;
    }
  return false;
}

const ANY_EXTENSION = String.raw`pecl[^&;]*\$|pie\b|install-php-extensions|phpize|lib\/php|\.sh\b|\|\s*(?:ba)?sh\b|git clone|make install`;

/** Some put the sources of an extension where PHP's own are. */
function mayHaveSources({ stage, run }: CommandCall): boolean {
  for (const it of stagesDownFrom(stage))
    for (const each of it.instructions) {
      if (it === stage && each.span.start > run.span.start) break;
      if (each.name === "RUN" && says(/\/usr\/src|php-source|PHP_SRC|\bsrc\/php\b/, each)) return true;
      if (
        /^(?:COPY|ADD)$/.test(each.name) &&
        mayCopyTo(/^\/(?:usr(?:\/src(?:\/php(?:\/ext.*)?)?)?)?$/, each, it)
      )
        return true;
    }
  return false;
}

/** Where it is the only one, and nothing has to be compiled against. */
function byPecl(name: string, { command, run }: CommandCall): readonly Fix[] {
  const isPlain = /^(?:apcu|ds|igbinary|mongodb|msgpack|pcov|redis|xdebug)$/.test(name);
  if (!isPlain || run.exec || command.arguments.length !== 1) return [];
  const newText = `pecl install ${name} && docker-php-ext-enable ${name}`;
  return [{ kind: "unsafe", title: `Install ${name} with pecl`, edits: [replace(command.span, newText)] }];
}
