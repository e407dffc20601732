import { type CommandFamily, optionSet, readWords } from "./command-family.ts";
import { APT_PACKAGES, installPackages, removePackages } from "./packages.ts";

const OPTIONS = optionSet("-o --option -t --target-release -c --config-file -a --host-architecture");

export const apt: CommandFamily = {
  programs: [
    "apt",
    "apt-get",
    "aptitude",
    "apt-mark",
    "apt-cache",
    "apt-key",
    "add-apt-repository",
    "apt-add-repository",
  ],
  run(call, changes) {
    if (call.program === "apt-mark" || call.program === "apt-cache" || call.program === "apt-key") return;
    const { operands } = readWords(call.words, OPTIONS);
    const [verb, ...packages] = operands;
    if (verb === "install" || verb === "reinstall") installPackages(APT_PACKAGES, packages, changes);
    else if (verb === "remove" || verb === "purge") {
      // `name-` and globs are not followed; what is removed with it neither.
      removePackages(APT_PACKAGES, packages, changes);
    } else if (
      verb === "update" ||
      verb === "clean" ||
      verb === "autoclean" ||
      verb === "download" ||
      verb === "source"
    )
      return;
    else if (
      verb === "upgrade" ||
      verb === "dist-upgrade" ||
      verb === "full-upgrade" ||
      verb === "autoremove"
    )
      return;
    else changes.mayInstallPackages();
  },
};

export const dpkg: CommandFamily = {
  programs: ["dpkg", "dpkg-reconfigure", "dpkg-query", "debconf-set-selections", "dpkg-architecture"],
  run(call, changes) {
    if (call.words.some((it) => it === undefined || /^(-i|--install|--unpack|-x|-X)$/.test(it)))
      changes.mayInstallPackages();
  },
};
