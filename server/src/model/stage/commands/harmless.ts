import { type CommandFamily, optionSet, readWords, writeTo } from "./command-family.ts";

/** Programs that only read or print; where they print to is the redirection's. */
export const harmless: CommandFamily = {
  programs: (
    ": true false echo printf test [ [[ exit return break continue shift set unset shopt ulimit umask trap wait read type " +
    "hash which alias cat head tail grep egrep fgrep cut wc tr rev nl od hexdump base64 " +
    "md5sum sha1sum sha256sum sha512sum cksum cmp diff ls stat file du df pwd basename dirname realpath readlink date " +
    "sleep uname arch hostname whoami id groups getent env printenv ps pgrep kill nproc free lscpu seq expr yes tty " +
    "lsb_release ldconfig locale-gen update-locale chsh chfn chage passwd chpasswd gpasswd groupmems crontab fc-cache ssh-keyscan gpgconf getfacl setfacl " +
    "jq strings ldd nm readelf objdump getconf locale sync jobs times umask"
  )
    .split(" ")
    .filter((it) => it !== "env"),
  run: () => {},
};

/** Prints, unless `-o` names a file; `strip` writes where its input is without one. */
export const printing: CommandFamily = {
  programs: ["sort", "strip"],
  run(call, changes) {
    const { options } = readWords(call.words, OUTPUT);
    for (const name of ["-o", "--output"]) if (options.has(name)) writeTo(call, changes, options.get(name));
  },
};

const OUTPUT = optionSet("-o --output -k -t -S -T -K -N -R");

/** The second operand is a file to write, where there is one. */
export const copying: CommandFamily = {
  programs: ["uniq", "xxd"],
  run(call, changes) {
    const { operands } = readWords(call.words, optionSet("-f -s -w -c -g -l -o"));
    if (operands.length > 1) writeTo(call, changes, operands[1]);
  },
};

/** Prints, unless its program prints to files or starts others. */
export const awk: CommandFamily = {
  programs: ["awk", "gawk", "mawk"],
  run(call, changes) {
    const { options, operands } = readWords(
      call.words,
      optionSet("-v -F -f --file --assign --field-separator"),
    );
    const [program] = operands;
    if (options.has("-f") || options.has("--file") || program === undefined || AWK_WRITES.test(program))
      changes.mayWriteBelow("/");
  },
};

const AWK_WRITES = /\bprintf?\b[^;}\n]*>\s*["\w(]|\bsystem\s*\(|\|\s*(?:getline\b|")/;

/** Rewrites files that are there. */
export const gofmt: CommandFamily = { programs: ["gofmt", "gosec", "golangci-lint"], run: () => {} };
