import { APPLETS } from "../../image/applets.ts";
import { type CommandFamily, readWords } from "./command-family.ts";
import { APK_VALUED } from "./manager-options.ts";
import { APK_PACKAGES, installPackages, packagesOf, removePackages } from "./packages.ts";

export const apk: CommandFamily = {
  programs: ["apk"],
  run(call, changes) {
    const { options, operands, places } = readWords(call.words, APK_VALUED);
    // Another root is another system.
    const root = options.get("-p") ?? options.get("--root");
    const [verb, ...words] = operands;
    if (options.has("-p") || options.has("--root")) {
      changes.mayWriteBelow(root ?? "/");
      return;
    }
    const packages = packagesOf(call, words, places.slice(1));
    if (verb === "add") {
      installPackages(APK_PACKAGES, packages, changes);
      const virtual = options.get("-t") ?? options.get("--virtual");
      if (virtual !== undefined)
        call.memory.virtualPackages.set(
          virtual,
          packages.filter((it) => it !== undefined),
        );
    } else if (verb === "del") {
      const all = packages.flatMap((it) =>
        it === undefined ? it : (call.memory.virtualPackages.get(it) ?? it),
      );
      // BusyBox's trigger puts its links back where a package's program was.
      removePackages(APK_PACKAGES, all, changes, APPLETS);
    } else if (verb === undefined && operands.length > 0) changes.mayInstallPackages();
  },
};
