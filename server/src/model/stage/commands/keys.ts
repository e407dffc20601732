import { type CommandFamily, optionSet, readWords, writeTo } from "./command-family.ts";

/** Print, or write where an option says. */
export const keys: CommandFamily = {
  programs: ["gpg", "gpg2", "openssl", "ssh-keygen", "htpasswd"],
  run(call, changes) {
    const { options } = readWords(
      call.words,
      optionSet("-o --output -out -keyout -f -c --homedir --recv-keys --keyserver"),
    );
    for (const name of ["-o", "--output", "-out", "-keyout", "-f", "-c"]) {
      if (options.has(name) && options.get(name) !== "") writeTo(call, changes, options.get(name));
    }
  },
};

/** Writes below /tmp, or makes files beside those it is given. */
export const scratchFiles: CommandFamily = {
  programs: ["mktemp", "patch", "split", "csplit"],
  run(call, changes) {
    changes.mayBuildBelow(call.program === "mktemp" ? "/tmp" : (call.directory ?? "/"));
  },
};

/** Links below /etc. */
export const apacheModules: CommandFamily = {
  programs: ["a2enmod", "a2dismod", "a2ensite", "a2dissite", "a2enconf", "a2disconf"],
  run(_, changes) {
    changes.mayBuildBelow("/etc/apache2");
  },
};
