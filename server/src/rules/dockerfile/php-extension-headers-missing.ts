import { imageNameBelow } from "../../model/stage/base-image.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { isBefore } from "../../text/version-order.ts";
import { runtimeBelow } from "../knowledge/images/runtimes.ts";
import {
  PECL_HEADERS,
  PHP_EXTENSION_HEADERS,
  PHP_EXTENSION_LIBRARIES,
} from "../knowledge/packages/php-extensions.ts";
import { LIBRARY_HEADERS, type NamedHeaders } from "../knowledge/packages/system/library-headers.ts";
import { namedInstalls } from "../knowledge/packages/system/named-installs.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";
import { installPackage } from "../writing/dockerfile/install-program.ts";

export const phpExtensionHeadersMissing = commandRule({
  id: "php-extension-headers-missing",
  title: "Extension of PHP without the library that it is compiled against",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`docker-php-ext-install\` of an extension whose library is certainly not in the image at that point: libpq for pgsql and
      pdo_pgsql, ICU for intl, libzip for zip, libpng for gd and libxslt for xsl; and of one whose headers no package up to
      there has brought: mbstring, soap, xml, gmp, ldap, bz2, gettext (on Alpine), snmp, tidy, and imagick, memcached, amqp, yaml, ssh2,
      rdkafka, sqlsrv, uuid, gnupg and mcrypt of PECL. Silent where a package that is not known is installed
      before.`,
    why: source`
      The image of PHP has the libraries of the extensions that it brings, and no others. The build ends with "Cannot find
      libpq-fe.h" or "Package requirements (libzip) were not met".`,
    bad: source`
      FROM php:8.4-fpm-alpine
      RUN docker-php-ext-install opcache pdo_pgsql
                                         ^^^^^^^^^ php-extension-headers-missing: pdo_pgsql is compiled against libpq, and nothing up to here installs libpq-dev.`,
    good: source`
      FROM php:8.4-fpm-alpine
      RUN apk add --no-cache libpq-dev && docker-php-ext-install opcache pdo_pgsql`,
  },
  programs: ["docker-php-ext-install", "pecl"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (run !== instruction || command.conditional || !failsRun(command, script, run, stage)) return;
    const state = stage.beforeCommand(command, run);
    const manager = state.packageManager.known ? state.packageManager.value : "none";
    for (const { word, name, headers } of comparedByName(call)) {
      const missing = manager === "none" ? undefined : headers.packages[manager];
      if (missing === undefined) continue;
      report(
        word.span,
        `${name} is compiled against ${headers.library}, and nothing up to here installs ${missing}.`,
        {
          fixes: installPackage(missing, run, stage, state),
        },
      );
    }
    if (call.program === "pecl") return;
    for (const word of command.arguments) {
      const extension = word.literal ?? "";
      const library = PHP_EXTENSION_LIBRARIES.get(extension);
      const packages = library && LIBRARY_HEADERS[library];
      if (!library || !packages || (extension === "zip" && isOlder(call))) continue;
      const there = state.hasLibrary(library);
      const name = manager === "none" ? undefined : packages[manager];
      if (there.is !== "no" || name === undefined) continue;
      report(
        word.span,
        `${extension} is compiled against ${library}, and nothing up to here installs ${name}.`,
        { related: there.because, fixes: installPackage(name, run, stage, state) },
      );
    }
  },
});

/** Extensions whose headers nothing has brought, by the names of all packages that are installed. */
function* comparedByName(
  call: CommandCall,
): Generator<{ readonly word: ShellWord; readonly name: string; readonly headers: NamedHeaders }> {
  const { stage, command, program } = call;
  const [verb] = command.arguments;
  if (imageNameBelow(stage)?.name !== "php" || (program === "pecl" && verb?.literal !== "install")) return;
  const table = program === "pecl" ? PECL_HEADERS : PHP_EXTENSION_HEADERS;
  const version = runtimeBelow(stage, "PHP")?.version;
  let installed: readonly string[] | undefined;
  for (const word of command.arguments) {
    const name = (word.literal ?? "").replace(/-[\d.]+(?:RC\d+|beta\d*)?$/, "");
    const headers = table.get(name);
    if (
      !headers ||
      (headers.since !== undefined && (version === undefined || isBefore(version, headers.since)))
    )
      continue;
    installed ??= namedInstalls(call)?.flatMap((it) =>
      it.command.operands.map(({ literal }) => literal ?? ""),
    );
    if (!installed) return;
    if (!installed.some((it) => headers.broughtBy.test(it.replace(/[=<>~@:].*$/, ""))))
      yield { word, name, headers };
  }
}

/** Until 7.3 PHP brought libzip itself (php.net, zip, Installation, read 2026-11). */
function isOlder({ stage }: CommandCall): boolean {
  const version = runtimeBelow(stage, "PHP")?.version;
  return version !== undefined && isBefore(version, "7.4");
}
