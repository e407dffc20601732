import type { Command } from "../../syntax/shell/script.ts";

/** How a package manager fills a cache, and how a RUN keeps it out of the image. */
export interface PackageCache {
  /** As the message names it. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Does this command fill the cache? */
  readonly fills: (command: Command) => boolean;
  /** Does this command, later in the same RUN, empty it? */
  readonly empties: (command: Command) => boolean;
  /** Where it is: a cache or tmpfs mount there, or above, keeps it out of the image. */
  readonly folders: RegExp;
  /** A variable that turns it off when it is set. */
  readonly variable?: string;
  /** What prevents or removes it. */
  readonly remedy:
    | { readonly kind: "option"; readonly option: string; readonly behind: RegExp }
    | { readonly kind: "command"; readonly command: (program: string) => string };
  readonly fix: "safe" | "unsafe";
}

/**
 * The folders are those of the managers' own documentation (apk(8), apt(8), pip "Caching", dnf.conf(5), yum.conf(5),
 * zypper(8), "yarn cache"; read 2026-11).
 */
export const packageCaches: readonly PackageCache[] = [
  {
    name: "apk",
    aliases: ["DL3019"],
    fills: (it) => runs(it, ["apk"], /^add$/) && !hasOption(it, "--no-cache"),
    empties: (it) => removes(it, /^\/var\/cache(\/apk)?(\/\*?)?$/),
    folders: /^\/(var\/cache|etc)\/apk(\/cache)?\/?$/,
    remedy: { kind: "option", option: "--no-cache", behind: /^add$/ },
    fix: "safe",
  },
  {
    name: "apt",
    aliases: ["DL3009"],
    fills: (it) => runs(it, ["apt-get", "apt", "aptitude"], /^update$/),
    empties: (it) => removes(it, /^\/var\/(lib\/apt(\/lists)?|lib\/apt\/lists\/.*)\/?\*?$/),
    folders: /^\/var\/lib\/apt(\/lists)?\/?$/,
    remedy: { kind: "command", command: () => "rm -rf /var/lib/apt/lists/*" },
    fix: "safe",
  },
  {
    name: "pip",
    aliases: ["DL3042"],
    fills: (it) => isPipInstall(it) && !hasOption(it, "--no-cache-dir"),
    empties: (it) => removes(it, /\.cache(\/pip)?(\/\*?)?$/) || runs(it, ["pip", "pip3"], /^cache$/),
    folders: /\.cache(\/pip)?\/?$|\/pip/,
    variable: "PIP_NO_CACHE_DIR",
    remedy: { kind: "option", option: "--no-cache-dir", behind: /^install$/ },
    fix: "safe",
  },
  ...["dnf", "microdnf"].map(
    (name): PackageCache => ({
      name,
      aliases: ["DL3040"],
      fills: (it) => runs(it, [name], /^(install|update|upgrade|groupinstall|module|reinstall|makecache)$/),
      empties: (it) =>
        runs(it, ["dnf", "microdnf", "dnf5"], /^clean$/) ||
        removes(it, /^\/var\/cache(\/(lib)?dnf5?)?(\/\*?)?$/),
      folders: /^\/var\/cache(\/(lib)?dnf5?)?\/?$/,
      remedy: { kind: "command", command: () => `${name} clean all` },
      fix: "safe",
    }),
  ),
  {
    name: "yum",
    aliases: ["DL3032"],
    fills: (it) => runs(it, ["yum"], /^(install|update|upgrade|groupinstall|reinstall|makecache)$/),
    empties: (it) =>
      runs(it, ["yum", "dnf"], /^clean$/) || removes(it, /^\/var\/cache(\/(yum|dnf))?(\/\*?)?$/),
    folders: /^\/var\/cache(\/(yum|dnf))?\/?$/,
    remedy: { kind: "command", command: () => "yum clean all" },
    fix: "safe",
  },
  {
    name: "zypper",
    aliases: ["DL3036"],
    fills: (it) => runs(it, ["zypper"], /^(in|install|up|update|dup|dist-upgrade|ref|refresh|patch)$/),
    empties: (it) => runs(it, ["zypper"], /^(clean|cc)$/) || removes(it, /^\/var\/cache(\/zypp)?(\/\*?)?$/),
    folders: /^\/var\/cache(\/zypp)?\/?$/,
    remedy: { kind: "command", command: () => "zypper clean --all" },
    fix: "safe",
  },
  {
    name: "yarn",
    aliases: ["DL3060"],
    fills: (it) => runs(it, ["yarn"], /^install$/),
    empties: (it) => runs(it, ["yarn"], /^cache$/) || removes(it, /\.cache(\/yarn)?(\/\*?)?$/),
    folders: /\.cache(\/yarn)?\/?$|\/\.?yarn/,
    remedy: { kind: "command", command: () => "yarn cache clean" },
    // Yarn 2 and later may keep what the program needs in its cache.
    fix: "unsafe",
  },
];

const MANAGERS =
  /^(\/usr\/bin\/)?(apk|apt|apt-get|aptitude|pip3?|python[\d.]*|dnf|microdnf|yum|zypper|yarn)$/;

/** May the command fill one of the caches? A look at its name, which spares most commands a question for each of them. */
export function isPackageManager({ name }: Command): boolean {
  return name?.literal !== undefined && MANAGERS.test(name.literal);
}

function runs({ name, arguments: words }: Command, programs: readonly string[], verb: RegExp): boolean {
  if (name?.literal === undefined || !programs.includes(name.literal.replace(/^\/usr\/bin\//, "")))
    return false;
  // Options of the program itself come before the verb, some of them with a value.
  return words.slice(0, 6).some((it) => verb.test(it.literal ?? ""));
}

function isPipInstall(command: Command): boolean {
  if (runs(command, ["pip", "pip3"], /^install$/)) return true;
  const words = command.arguments.map((it) => it.literal);
  const at = words.indexOf("-m");
  return (
    /^python[\d.]*$/.test(command.name?.literal ?? "") &&
    words[at + 1] === "pip" &&
    words[at + 2] === "install"
  );
}

function hasOption({ arguments: words }: Command, option: string): boolean {
  return words.some((it) => it.raw === option || it.raw.startsWith(`${option}=`));
}

function removes({ name, arguments: words }: Command, path: RegExp): boolean {
  return (
    (name?.literal === "rm" || name?.literal === "find") &&
    words.some((it) => path.test(it.raw.replace(/["']/g, "")))
  );
}
