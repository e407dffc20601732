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
  return installed !== undefined && !installed.includes(program);
}

/** Names that Alpine's BusyBox has a link for, and that packages have programs for (alpine-minirootfs 3.20 to 3.24). */
export const APPLETS: ReadonlySet<string> = new Set(
  (
    "awk base64 bzip2 cat chmod chown cp date dd egrep env fgrep find free getopt grep gunzip gzip head id install kill less " +
    "ln ls md5sum mkdir mktemp mv nc nslookup patch pgrep ping pkill ps rm sed sha1sum sha256sum sha512sum sleep sort stat su " +
    "tail tar test timeout top unzip vi watch wget which xargs"
  ).split(" "),
);
