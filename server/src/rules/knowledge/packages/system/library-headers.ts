import type { Library, PackageManager } from "../../../../model/image/facts.ts";

/** The packages with what is needed to compile against a library, by who installs them. */
export const LIBRARY_HEADERS: Readonly<
  Partial<Record<Library, Readonly<Partial<Record<PackageManager, string>>>>>
> = {
  libicu: { apk: "icu-dev", apt: "libicu-dev" },
  libmariadb: { apk: "mariadb-connector-c-dev", apt: "default-libmysqlclient-dev" },
  libpng: { apk: "libpng-dev", apt: "libpng-dev" },
  libpq: { apk: "libpq-dev", apt: "libpq-dev" },
  libxslt: { apk: "libxslt-dev", apt: "libxslt1-dev" },
  libzip: { apk: "libzip-dev", apt: "libzip-dev" },
};

/** What is compiled against a library of which the model does not know whether it is there. */
export interface NamedHeaders {
  readonly library: string;
  readonly packages: Readonly<Partial<Record<PackageManager, string>>>;
  /** Matches all packages that bring the headers, among them those that need the one for it themselves. */
  readonly broughtBy: RegExp;
  /** The first version of the language for which that holds. */
  readonly since?: string;
}

/** Packages of which it is known that they bring the headers of none of those that `amongMany` is asked about (Debian 12's archive, 2026-11-27). */
const PLAIN =
  "musl|libc|libc6|python3|libffi|libsasl2|libonig|oniguruma|icu|libicu|libpq|zlib1g|zlib|libssl|openssl|libwebp|libcurl4-openssl|curl|libxml2|libxslt1|libxslt|libpng|libjpeg|libjpeg62-turbo|libjpeg-turbo|gmp|libgmp|libyaml|yaml|default-libmysqlclient|mariadb-connector-c";

/** Headers that come with those of much else, too. */
export function amongMany(own: string): RegExp {
  return new RegExp(`${own}|^(?!(?:${PLAIN})-dev$).*-dev(?:el)?$|^php`);
}

/**
 * Packages of PyPI that have no wheel for Linux, by what they include: `lber.h`, `portaudio.h`, `cairo.h` (their setup.py and READMEs; the
 * packages by Debian's archive and Alpine's aports; 2026-11).
 */
export const PYTHON_HEADERS: ReadonlyMap<string, NamedHeaders> = new Map([
  [
    "dbus-python",
    {
      library: "D-Bus",
      packages: { apt: "libdbus-1-dev", apk: "dbus-dev" },
      broughtBy: amongMany("dbus"),
    },
  ],
  [
    "gdal",
    { library: "GDAL", packages: { apt: "libgdal-dev", apk: "gdal-dev" }, broughtBy: amongMany("gdal") },
  ],
  [
    "pyaudio",
    {
      library: "PortAudio",
      packages: { apt: "portaudio19-dev", apk: "portaudio-dev" },
      broughtBy: amongMany("portaudio"),
    },
  ],
  [
    "pycairo",
    {
      library: "cairo",
      packages: { apt: "libcairo2-dev", apk: "cairo-dev" },
      broughtBy: amongMany("cairo"),
    },
  ],
  [
    "pygraphviz",
    {
      library: "Graphviz",
      packages: { apt: "libgraphviz-dev", apk: "graphviz-dev" },
      broughtBy: amongMany("graphviz"),
    },
  ],
  [
    "python-ldap",
    {
      library: "OpenLDAP",
      packages: { apt: "libldap2-dev libsasl2-dev", apk: "openldap-dev" },
      // libcurl's are compiled against it themselves, from Debian 13 on.
      broughtBy: amongMany("ldap|curl"),
    },
  ],
]);
