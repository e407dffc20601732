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
