import type { ImageReference } from "../stage/stage.ts";

/** Images on Alpine whose Dockerfiles were read for what they install in place of BusyBox (2026-11-20), and that. */
const INSTALLED: Readonly<Record<string, readonly string[]>> = {
  alpine: [],
  busybox: [],
  golang: [],
  httpd: [],
  memcached: [],
  nginx: [],
  node: [],
  php: ["tar", "xz"],
  python: [],
  redis: [],
  ruby: ["ps", "pgrep", "pkill", "top", "free", "watch", "bzip2"],
  rust: [],
};

/** Is a program of this name, where the image has one, certainly BusyBox's? */
export function hasOnlyApplets({ name }: ImageReference, program: string): boolean {
  const installed = Object.hasOwn(INSTALLED, name) ? INSTALLED[name] : undefined;
  return installed !== undefined && APPLETS.has(program) && !installed.includes(program);
}

/** Programs that Alpine's BusyBox has a link for, as far as rules ask for them (alpine-minirootfs 3.20 to 3.24). */
export const APPLETS: ReadonlySet<string> = new Set(
  (
    "addgroup adduser ash awk base64 basename bzip2 cat chmod chown cp cut date dd delgroup deluser df diff dirname du egrep " +
    "env expr fgrep find free getopt grep gunzip gzip head hostname id install kill less ln ls md5sum mkdir mktemp mv nc " +
    "nslookup od passwd patch pgrep ping pkill printf ps readlink realpath rm rmdir sed seq sh sha1sum sha256sum sha512sum " +
    "sleep sort stat strings su tac tail tar tee test timeout top touch tr tree uniq unxz unzip vi watch wc wget which " +
    "whoami xargs"
  ).split(" "),
);
