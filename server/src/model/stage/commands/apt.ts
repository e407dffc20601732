import { type CommandFamily, mayWriteBelowOperand, optionSet, readWords } from "./command-family.ts";
import { APT_VALUED } from "./manager-options.ts";
import { APT_PACKAGES, installPackages, packagesOf, recommendedBy, removePackages } from "./packages.ts";

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
    if (call.program === "apt-mark") {
      // From now on they are taken as needed by others alone.
      if (call.words.includes("auto")) call.memory.unneeded.isAny = true;
      return;
    }
    if (call.program === "apt-cache" || call.program === "apt-key") return;
    const { operands, options, places } = readWords(call.words, APT_VALUED);
    const [verb, ...words] = operands;
    const packages = packagesOf(call, words, places.slice(1));
    if (verb === "install" || verb === "reinstall")
      installPackages(APT_PACKAGES, packages, changes, {
        withRecommended: !options.has("--no-install-recommends"),
        archive: options.has("-t") || options.has("--target-release") ? undefined : call.archive,
      });
    else if (verb === "remove" || verb === "purge") {
      removePackages(APT_PACKAGES, packages, changes);
      for (const it of recommendedBy(APT_PACKAGES, packages)) call.memory.unneeded.tools.add(it);
    } else if (verb === "download" || verb === "source") changes.mayWriteBelow(call.directory ?? "/");
    else if (!QUIET.has(verb ?? "")) changes.mayInstallPackages();
    const { tools, isAny } = call.memory.unneeded;
    const cleans = verb === "autoremove" || options.has("--auto-remove") || options.has("--autoremove");
    if (cleans && isAny) changes.mayRemoveBroughtTools();
    else if (cleans && tools.size > 0) changes.mayRemoveBroughtTools(new Set(tools));
  },
};

/** Upgrading brings new versions, no new names; what autoremove takes was not asked for by name. */
const QUIET = optionSet(
  "update clean autoclean upgrade dist-upgrade full-upgrade autoremove list search show policy",
);

export const dpkg: CommandFamily = {
  programs: ["dpkg", "dpkg-reconfigure", "dpkg-query", "debconf-set-selections", "dpkg-architecture"],
  run(call, changes) {
    if (call.words.some((it) => it === undefined || /^(-i|--install|--unpack|-x|-X)$/.test(it)))
      changes.mayInstallPackages();
    // `dpkg -x package.deb directory` unpacks to where it is told.
    if (call.words.some((it) => it === "-x" || it === "-X"))
      mayWriteBelowOperand(call, changes, call.words.at(-1));
  },
};
