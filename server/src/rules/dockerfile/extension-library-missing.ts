import { imageNameBelow } from "../../model/stage/base-image.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { installCommand } from "../knowledge/packages/install.ts";
import { readPackageCommand } from "../knowledge/packages/package-commands.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { commandRule, type Fix } from "../rule.ts";

export const extensionLibraryMissing = commandRule({
  id: "extension-library-missing",
  title: "PHP extension whose library was never installed",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`docker-php-ext-install\` of an extension that is compiled against a library (\`gd\`, \`intl\`, \`pdo_pgsql\`, \`zip\` …) in
      an official image of PHP, where no package of the stage brings the library's headers.`,
    why: source`
      PHP's images hold the compiler, but not what extensions are compiled against: the build ends in the middle of
      \`configure\`, with "Package 'icu-uc', required by 'virtual:world', not found" or "Cannot find libpq-fe.h".`,
    bad: source`
      FROM php:8.4-fpm-alpine
      RUN docker-php-ext-install opcache pdo_pgsql
                                         ^^^^^^^^^ extension-library-missing: pdo_pgsql is compiled against libpq, and no package here brings its headers.`,
    good: source`
      FROM php:8.4-fpm-alpine
      RUN apk add --no-cache libpq-dev && docker-php-ext-install opcache pdo_pgsql`,
  },
  programs: ["docker-php-ext-install"],

  check({ command, script, run, instruction, stage }, report) {
    if (run.name !== "RUN" || imageNameBelow(stage)?.name !== "php") return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed" || !script.complete) return;
    const needing = command.arguments.filter((it) => LIBRARIES.has(it.literal ?? ""));
    const installed = needing.length > 0 ? packagesUpTo(command.span.start, stage) : undefined;
    if (!installed) return;
    for (const word of needing) {
      const library = LIBRARIES.get(word.literal ?? "");
      if (!library || installed.some((it) => library.brings.test(it))) continue;
      const manager = stage.before(instruction).packageManager;
      const name =
        manager.known && (manager.value === "apk" || manager.value === "apt")
          ? library[manager.value]
          : undefined;
      const install = manager.known && name !== undefined ? installCommand(manager.value, name) : undefined;
      const fixes: Fix[] =
        install === undefined
          ? []
          : [
              {
                kind: "unsafe",
                title: `Install ${name}`,
                edits: [insert(command.span.start, `${install} && `)],
              },
            ];
      report(
        word.span,
        `${word.literal} is compiled against ${library.name}, and no package here brings its headers.`,
        {
          severity: failure === "stops" ? "error" : "warning",
          fixes,
        },
      );
    }
  },
});

interface Library {
  readonly name: string;
  /** Packages that bring it, or depend on one that does. */
  readonly brings: RegExp;
  readonly apk?: string;
  readonly apt?: string;
}

/**
 * What the extensions of php-src look for that Docker's images of PHP do not hold (their config.m4; docker-library/php, where the
 * packages that PHP itself is compiled against are removed again; 2026-11, as generally known). Packages that bring one along with
 * what they are for are counted too.
 */
const LIBRARIES: ReadonlyMap<string, Library> = new Map([
  ["bz2", { name: "libbz2", brings: /bz|freetype|magick|png/i, apk: "bzip2-dev", apt: "libbz2-dev" }],
  [
    "gd",
    {
      name: "libpng",
      brings: /png|freetype|(lib)?gd-|libgd|magick|cairo/i,
      apk: "libpng-dev",
      apt: "libpng-dev",
    },
  ],
  ["gmp", { name: "GMP", brings: /gmp|gnutls|nettle|magick/i, apk: "gmp-dev", apt: "libgmp-dev" }],
  ["intl", { name: "ICU", brings: /icu|xml2|xslt|boost|qt/i, apk: "icu-dev", apt: "libicu-dev" }],
  ["ldap", { name: "OpenLDAP", brings: /ldap/i }],
  ["pdo_pgsql", { name: "libpq", brings: /pq|postgres/i, apk: "libpq-dev", apt: "libpq-dev" }],
  ["pgsql", { name: "libpq", brings: /pq|postgres/i, apk: "libpq-dev", apt: "libpq-dev" }],
  ["soap", { name: "libxml2", brings: /xml|xslt|magick|gtk|glib/i, apk: "libxml2-dev", apt: "libxml2-dev" }],
  ["tidy", { name: "Tidy", brings: /tidy/i, apk: "tidyhtml-dev", apt: "libtidy-dev" }],
  ["xsl", { name: "libxslt", brings: /xslt/i, apk: "libxslt-dev", apt: "libxslt1-dev" }],
  ["zip", { name: "libzip", brings: /libzip/i, apk: "libzip-dev", apt: "libzip-dev" }],
] as const);

/** Names of all packages that RUNs install up to an offset; undefined where something may bring others. */
function packagesUpTo(end: number, stage: Stage): readonly string[] | undefined {
  const names: string[] = [];
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions) {
      if (it.span.start >= end) continue;
      if (
        it.name === "COPY" &&
        it.flags.some((flag) => flag.name === "from") &&
        mayBringHeaders(it.words.at(-1)?.raw)
      )
        return undefined;
      if (it.name !== "RUN") continue;
      const script = stage.commandsOf(it);
      if (!script?.complete) return undefined;
      for (const command of script.commands) {
        if (command.span.start >= end) break;
        const call = readPackageCommand(command);
        const program = command.name?.literal ?? "";
        if (call ? call.isOpen : !KNOWN.test(program)) return undefined;
        if (call?.act === "install") for (const word of call.operands) names.push(word.literal ?? word.raw);
      }
    }
  return names.some((it) => it.includes("$")) ? undefined : names;
}

/** One program is copied to where programs are; headers and libraries need a folder above. */
function mayBringHeaders(target = "/"): boolean {
  return !/\/s?bin(\/|$)|^\/(app|srv|var|opt|etc)(\/|$)|^[^/]/.test(target);
}

/** They install nothing that an extension is compiled against. */
const KNOWN =
  /^(docker-php-ext-(install|configure|enable)|pecl|rm|mkdir|chown|chmod|echo|set|cd|mv|cp|ln|sed|true|nproc|getconf|test|\[|useradd|groupadd|usermod|adduser|addgroup|a2enmod|composer|printf|export|find|php|touch|cat|grep|update-ca-certificates)$/;
