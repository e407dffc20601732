import type { Library } from "../../../model/image/facts.ts";
import { amongMany, type NamedHeaders } from "./system/library-headers.ts";

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

const XML: NamedHeaders = {
  library: "libxml2",
  packages: { apt: "libxml2-dev", apk: "libxml2-dev" },
  // Headers of much else need those of libxml2.
  broughtBy:
    /^(?!(?:libzip|libpng|libjpeg|libjpeg62-turbo|libjpeg-turbo|libfreetype6|freetype|libpq|libonig|oniguruma|icu|libicu|zlib1g|zlib|libssl|openssl|libwebp|libcurl4-openssl|curl)-dev$).*-dev(?:el)?$|^php/,
};

/**
 * By the extension (php.net, Installation; the packages by mlocati/docker-php-extension-installer, install-php-extensions, and which other ones
 * bring them by Debian 12's archive; read 2026-11-27).
 */
export const PHP_EXTENSION_HEADERS: ReadonlyMap<string, NamedHeaders> = new Map([
  [
    "mbstring",
    {
      library: "Oniguruma",
      packages: { apt: "libonig-dev", apk: "oniguruma-dev" },
      broughtBy: /onig|libevhtp|^php/,
      since: "7.4",
    },
  ],
  ...["soap", "dom", "xml", "xmlwriter", "simplexml"].map((it) => [it, XML] as const),
  [
    "gmp",
    {
      library: "GMP",
      packages: { apt: "libgmp-dev", apk: "gmp-dev" },
      broughtBy: /gmp|plugin-dev|^php|nettle|gnutls/,
    },
  ],
  [
    "ldap",
    {
      library: "OpenLDAP",
      packages: { apt: "libldap2-dev", apk: "openldap-dev" },
      // libcurl's are compiled against it themselves, from Debian 13 on.
      broughtBy: /ldap|apr|mailutils|curl|^php/,
    },
  ],
  [
    "bz2",
    {
      library: "bzip2",
      packages: { apt: "libbz2-dev", apk: "bzip2-dev" },
      broughtBy: amongMany("bz2|bzip2"),
    },
  ],
  // musl's own libintl.h is a package of its own on Alpine; the C library of Debian has it.
  [
    "gettext",
    { library: "gettext", packages: { apk: "gettext-dev" }, broughtBy: amongMany("gettext|libintl") },
  ],
  [
    "snmp",
    { library: "Net-SNMP", packages: { apt: "libsnmp-dev", apk: "net-snmp-dev" }, broughtBy: /snmp|^php/ },
  ],
  [
    "tidy",
    { library: "tidy", packages: { apt: "libtidy-dev", apk: "tidyhtml-dev" }, broughtBy: /tidy|^php/ },
  ],
]);

/** The same of PECL's. */
export const PECL_HEADERS: ReadonlyMap<string, NamedHeaders> = new Map([
  [
    "imagick",
    {
      library: "ImageMagick",
      packages: { apt: "libmagickwand-dev", apk: "imagemagick-dev" },
      broughtBy: /magick.*-dev|^php/i,
    },
  ],
  [
    "memcached",
    {
      library: "libmemcached",
      packages: { apt: "libmemcached-dev", apk: "libmemcached-dev" },
      broughtBy: /memcached|^php/,
    },
  ],
  [
    "amqp",
    {
      library: "librabbitmq",
      packages: { apt: "librabbitmq-dev", apk: "rabbitmq-c-dev" },
      broughtBy: /rabbitmq|^php/,
    },
  ],
  ["yaml", { library: "LibYAML", packages: { apt: "libyaml-dev", apk: "yaml-dev" }, broughtBy: /yaml|^php/ }],
  [
    "ssh2",
    {
      library: "libssh2",
      packages: { apt: "libssh2-1-dev", apk: "libssh2-dev" },
      broughtBy: /ssh2|curl|^php/,
    },
  ],
  [
    "rdkafka",
    {
      library: "librdkafka",
      packages: { apt: "librdkafka-dev", apk: "librdkafka-dev" },
      broughtBy: /rdkafka|^php/,
    },
  ],
  [
    "gnupg",
    { library: "GPGME", packages: { apt: "libgpgme-dev", apk: "gpgme-dev" }, broughtBy: /gpgme|^php/ },
  ],
  [
    "mcrypt",
    { library: "mcrypt", packages: { apt: "libmcrypt-dev", apk: "libmcrypt-dev" }, broughtBy: /mcrypt|^php/ },
  ],
  ...["sqlsrv", "pdo_sqlsrv"].map(
    (it) =>
      [
        it,
        {
          library: "unixODBC",
          packages: { apt: "unixodbc-dev", apk: "unixodbc-dev" },
          broughtBy: /odbc|gdal|^php/,
        },
      ] as const,
  ),
  [
    "uuid",
    {
      library: "libuuid",
      packages: { apt: "uuid-dev", apk: "util-linux-dev" },
      broughtBy: amongMany("uuid|util-linux|ldap"),
    },
  ],
]);

/** What is no part of PHP's own sources: of PECL, or gone from a version on (php.net, migration guides; pecl.php.net; read 2026-11). */
export const PECL_EXTENSIONS: ReadonlySet<string> = new Set(
  "amqp apcu apcu_bc ds ev event grpc igbinary imagick memcache memcached mongo mongodb msgpack oauth pcov protobuf rdkafka redis sqlsrv pdo_sqlsrv ssh2 swoole openswoole uuid xdebug yaml zmq".split(
    " ",
  ),
);

/** The first version without an extension. */
export const GONE_EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ...["mysql", "ereg"].map((it) => [it, "7.0"] as const),
  ["mcrypt", "7.2"],
  ...["interbase", "recode", "wddx"].map((it) => [it, "7.4"] as const),
  ["xmlrpc", "8.0"],
  ...["imap", "pspell", "oci8", "pdo_oci"].map((it) => [it, "8.4"] as const),
]);
