import { APPLETS } from "../../image/applets.ts";
import { LIBRARIES, type Library } from "../../image/facts.ts";
import type { Changes } from "../contents/changes.ts";
import { type CommandFamily, readWords, type VirtualPackage } from "./command-family.ts";
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
      const { virtualPackages } = call.memory;
      for (const { since } of virtualPackages.values()) since.push(...packages);
      const virtual = options.get("-t") ?? options.get("--virtual");
      const without =
        virtual === undefined ? [] : LIBRARIES.filter((it) => changes.now.hasFeature(it).is === "no");
      installPackages(APK_PACKAGES, packages, changes);
      if (virtual !== undefined)
        virtualPackages.set(virtual, {
          packages: packages.filter((it) => it !== undefined),
          without,
          since: [],
        });
    } else if (verb === "del") {
      const virtual = packages.flatMap((it) => call.memory.virtualPackages.get(it ?? "") ?? []);
      const all = packages.flatMap((it) =>
        it === undefined ? it : (call.memory.virtualPackages.get(it)?.packages ?? it),
      );
      // BusyBox's trigger puts its links back where a package's program was.
      removePackages(APK_PACKAGES, all, changes, APPLETS);
      for (const it of virtual) removeLibraries(it, changes);
    } else if (verb === undefined && operands.length > 0) changes.mayInstallPackages();
  },
};

/** Those that came with a virtual package, where nothing that was installed since may need them. */
function removeLibraries({ without, since }: VirtualPackage, changes: Changes): void {
  if (since.some((it) => it === undefined || !Object.hasOwn(APK_PACKAGES, it))) return;
  const isNeeded = (library: Library) =>
    since.some((it) => APK_PACKAGES[it ?? ""]?.features?.includes(library));
  for (const it of without) if (!isNeeded(it)) changes.removeFeature(it);
}
