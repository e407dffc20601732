/** What stands for a GNU option in BusyBox: other words, nothing at all, or no such thing. */
export type Replacement =
  | { readonly kind: "option"; readonly option: string }
  | { readonly kind: "none" }
  | { readonly kind: "unsupported" };

const same = (option: string): Replacement => ({ kind: "option", option });
const none: Replacement = { kind: "none" };
const unsupported: Replacement = { kind: "unsupported" };

const SUMS = {
  check: same("-c"),
  status: same("-s"),
  quiet: none,
  strict: unsupported,
  "ignore-missing": unsupported,
};

/**
 * Options that GNU's programs have and BusyBox's do not: the program ends with "unrecognized option". Names without
 * dashes. Only what no long option of BusyBox begins with, since getopt takes those for abbreviations, and what Alpine's
 * BusyBox 1.36 and 1.37 lack (busybox.net sources: networking/wget.c, coreutils/*.c, loginutils/*.c; read 2026-11).
 */
export const NOT_IN_BUSYBOX: Readonly<Record<string, Readonly<Record<string, Replacement>>>> = {
  wget: {
    progress: same("-q"),
    "show-progress": none,
    "no-hsts": none,
    "https-only": unsupported,
    "retry-connrefused": none,
    waitretry: none,
    "max-redirect": unsupported,
    "read-timeout": unsupported,
    "connect-timeout": unsupported,
    "dns-timeout": unsupported,
    "content-disposition": unsupported,
    "trust-server-names": unsupported,
    "secure-protocol": unsupported,
    "limit-rate": unsupported,
    "load-cookies": unsupported,
    "auth-no-challenge": unsupported,
    "input-file": unsupported,
    recursive: unsupported,
    mirror: unsupported,
    "no-directories": unsupported,
    "cut-dirs": unsupported,
    timestamping: unsupported,
    "ca-certificate": unsupported,
    "retry-on-http-error": unsupported,
    compression: unsupported,
  },
  adduser: {
    "disabled-login": same("-D"),
    "allow-bad-names": none,
    "force-badname": none,
    comment: same("-g"),
    gid: unsupported,
    group: unsupported,
    quiet: none,
    firstuid: unsupported,
    lastuid: unsupported,
  },
  addgroup: { quiet: none, "allow-bad-names": none, "force-badname": none },
  sha256sum: SUMS,
  sha512sum: SUMS,
  sha1sum: SUMS,
  md5sum: SUMS,
  base64: { decode: same("-d"), wrap: same("-w"), "ignore-garbage": unsupported },
  grep: { P: unsupported, "perl-regexp": unsupported },
  tar: {
    wildcards: unsupported,
    transform: unsupported,
    xform: unsupported,
    sort: unsupported,
    warning: none,
  },
};
