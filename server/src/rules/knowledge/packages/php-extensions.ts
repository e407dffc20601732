import type { Library } from "../../../model/image/facts.ts";

/** Where the official images have compiled extensions, in a folder named after PHP's API (docker-library/php, read 2026-11). */
export const PHP_EXTENSIONS = "/usr/local/lib/php/extensions";

/**
 * What the official images' script compiles, by the library that it is compiled against and loads (docker-library/php; php.net,
 * Installation; read 2026-11). Those for MySQL need none.
 */
export const PHP_EXTENSION_LIBRARIES: ReadonlyMap<string, Library> = new Map([
  ["gd", "libpng"],
  ["intl", "libicu"],
  ["pdo_pgsql", "libpq"],
  ["pgsql", "libpq"],
  ["xsl", "libxslt"],
  ["zip", "libzip"],
]);
