import {
  ALPINE,
  DEBIAN,
  environment,
  missing,
  NO_LIBRARIES,
  NO_LIBRARIES_BUT_ICU,
  SELDOM_IN_ALPINE,
  SELDOM_IN_DEBIAN,
  type SharedFacts,
  there,
  topLevel,
} from "../operating-systems.ts";
import type { ImageFamily } from "./family.ts";

const PHP: SharedFacts = { volumes: [], entrypoint: ["docker-php-entrypoint"], hasHealthcheck: false };
/** What PHP's images start and where they listen, by the kind in their tag; without one they are for the command line. */
const PHP_KINDS: readonly (readonly [tag: string, facts: SharedFacts])[] = [
  ["fpm", { cmd: ["php-fpm"], exposedPorts: ["9000/tcp"], workdir: "/var/www/html" }],
  ["apache", { cmd: ["apache2-foreground"], exposedPorts: ["80/tcp"], workdir: "/var/www/html" }],
  ["", { cmd: ["php", "-a"], exposedPorts: [] }],
];
const PHP_ENVIRONMENT = environment({
  ...{ PHPIZE_DEPS: null, PHP_INI_DIR: "/usr/local/etc/php", APACHE_CONFDIR: null, APACHE_ENVVARS: null },
  ...{ PHP_CFLAGS: null, PHP_CPPFLAGS: null, PHP_LDFLAGS: null, GPG_KEYS: null, PHP_VERSION: null },
  ...{ PHP_URL: null, PHP_ASC_URL: null, PHP_SHA256: null, PHP_MD5: null },
  ...{ PHP_EXTRA_BUILD_DEPS: null, PHP_EXTRA_CONFIGURE_ARGS: null },
});

export const PHP_FAMILIES: readonly ImageFamily[] = [
  ...PHP_KINDS.map(([kind, facts]) => ({
    // `apk add --no-cache ca-certificates curl openssl tar xz`, `adduser -u 82 -D -S -G www-data www-data`.
    image: /^php$/,
    tag: new RegExp(`${kind}.*-?alpine`),
    facts: {
      ...PHP_ENVIRONMENT,
      ...PHP,
      ...ALPINE,
      ...NO_LIBRARIES,
      ...facts,
      users: { ...ALPINE.users, "www-data": 82 },
      role: "runtime",
      defaultUser: "root",
      tools: {
        ...ALPINE.tools,
        ...SELDOM_IN_ALPINE,
        ...there("curl php"),
        ...missing("bash git gcc make useradd groupadd usermod node python3 sudo"),
      },
      directories: { ...topLevel(), "/home": ["www-data"] },
    } as const,
    source: "docker-library/php",
  })),
  ...PHP_KINDS.map(([kind, facts]) => ({
    // `apt-get install $PHPIZE_DEPS ca-certificates curl xz-utils`; with Apache procps comes along.
    image: /^php$/,
    tag: new RegExp(kind),
    facts: {
      ...PHP_ENVIRONMENT,
      ...PHP,
      ...DEBIAN,
      ...NO_LIBRARIES_BUT_ICU,
      ...facts,
      role: "runtime",
      defaultUser: "root",
      tools: {
        ...DEBIAN.tools,
        ...SELDOM_IN_DEBIAN,
        ...there("php curl gcc g++ cc make autoconf pkg-config file"),
        ...missing("git wget unzip node nc ping python3 sudo"),
      },
      directories: topLevel(),
    } as const,
    source: "docker-library/php",
  })),
];
