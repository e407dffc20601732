import { isAtLeast, type Release } from "../../../../model/stage/releases.ts";

/**
 * Names of Debian's packages that no release of Alpine has, not even as something that another package provides, with what has the
 * same there; empty where nothing takes its place (aports, as generally known, 2026-11; apk said so of build-essential, libssl-dev,
 * libgmp-dev and python-dev in etscrivner/rbsecp256k1#60, of python and python-dev in kroniak/alpine-ssh-client#4).
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["build-essential", "build-base"],
  ["libssl-dev", "openssl-dev"],
  ["libgmp-dev", "gmp-dev"],
  ["zlib1g-dev", "zlib-dev"],
  ["libbz2-dev", "bzip2-dev"],
  ["liblzma-dev", "xz-dev"],
  ["libreadline-dev", "readline-dev"],
  ["libsqlite3-dev", "sqlite-dev"],
  ["libncurses5-dev", "ncurses-dev"],
  ["libncurses-dev", "ncurses-dev"],
  ["libcurl4-openssl-dev", "curl-dev"],
  ["libxslt1-dev", "libxslt-dev"],
  ["libonig-dev", "oniguruma-dev"],
  ["libfreetype6-dev", "freetype-dev"],
  ["libjpeg62-turbo-dev", "libjpeg-turbo-dev"],
  ["libicu-dev", "icu-dev"],
  ["libmagickwand-dev", "imagemagick-dev"],
  ["default-libmysqlclient-dev", "mariadb-dev"],
  ["libc6-dev", "musl-dev"],
  ["libgl1-mesa-glx", "mesa-gl"],
  ["libglib2.0-0", "glib"],
  ["libsm6", "libsm"],
  ["libxext6", "libxext"],
  ["libxrender1", "libxrender"],
  ["xz-utils", "xz"],
  ["dnsutils", "bind-tools"],
  ["docker.io", "docker"],
  ["python3-pip", "py3-pip"],
  ["python3-venv", "python3"],
  ["openjdk-8-jdk", "openjdk8"],
  ["openjdk-11-jdk", "openjdk11"],
  ["openjdk-11-jre", "openjdk11-jre"],
  ["openjdk-17-jdk", "openjdk17"],
  ["openjdk-17-jre", "openjdk17-jre"],
  ["openjdk-21-jdk", "openjdk21"],
  ["openjdk-21-jre", "openjdk21-jre"],
  ["default-jdk", ""],
  ["default-jre", ""],
  ["apt-utils", ""],
  ["apt-transport-https", ""],
  ["software-properties-common", ""],
]);

/** Names of Python 2 that left with 3.12 (its release notes, as generally known). */
const PYTHON: ReadonlyMap<string, string> = new Map([
  ["python", "python3"],
  ["python-dev", "python3-dev"],
]);

/** What Alpine has instead of a package that it certainly does not have; undefined for any other. `release`: undefined where it is not known. */
export function successorInAlpine(name: string, release: Release | undefined): string | undefined {
  const python = PYTHON.get(name);
  if (python !== undefined) return release && isAtLeast(release, "3.12") ? python : undefined;
  return NAMES.get(name);
}
