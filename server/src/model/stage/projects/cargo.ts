import { matchesName } from "../../../text/glob.ts";
import type { Call } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { type ProjectFiles, projectFiles } from "./project-files.ts";

/** The programs that a call of Cargo builds. */
export interface CargoPrograms {
  readonly certain: ReadonlySet<string>;
  /** Those that need features, or of which it is not known whether their sources are in the image. */
  readonly possible: ReadonlySet<string>;
  /** The folder of the workspace, or of the package: its `target` takes what is built. */
  readonly root: string;
}

/** What a call chooses. */
export interface CargoChoice {
  /** `-p`, as often as it is given. */
  readonly packages: readonly string[];
  readonly isWholeWorkspace: boolean;
  /** `--bin`, as often as it is given. */
  readonly bins: readonly string[];
}

interface Package {
  readonly directory: string;
  readonly name: string | undefined;
  readonly text: string;
}

/**
 * Programs by the manifests: `src/main.rs` is called as the package, `src/bin` holds more, and `[[bin]]` may call them otherwise
 * (doc.rust-lang.org/cargo, targets and workspaces; tried with 1.95, 2026-11). Undefined where a manifest is not known.
 */
export function cargoPrograms(
  call: Call,
  changes: Changes,
  directory: string,
  choice: CargoChoice,
): CargoPrograms | undefined {
  const files = projectFiles(call.context, changes, directory);
  const own = readPackage(files, directory);
  if (!own) return undefined;
  const root = workspaceOf(files, own, (path) => isOfRustImage(path, call, changes));
  const members = root && membersOf(root, files, call);
  if (!root || !members) return undefined;
  const defaults = listOf(root.text, "default-members");
  const isVirtual = own.name === undefined;
  const chosen =
    choice.packages.length > 0
      ? members.filter((it) => choice.packages.includes(it.name ?? ""))
      : choice.isWholeWorkspace || (isVirtual && !defaults)
        ? members
        : defaults && own === root
          ? members.filter((it) => defaults.some((one) => resolvePath(root.directory, one) === it.directory))
          : [own];
  if (choice.packages.length > chosen.length) return undefined;
  const certain = new Set<string>();
  const possible = new Set<string>();
  for (const it of chosen) {
    const found = programsOf(it, files, call);
    if (!found) return undefined;
    for (const [name, isCertain] of found)
      if (choice.bins.length === 0 || choice.bins.includes(name)) (isCertain ? certain : possible).add(name);
  }
  return { certain, possible, root: root.directory };
}

function readPackage(files: ProjectFiles, directory: string): Package | undefined {
  const text = files.read(`${directory}/Cargo.toml`);
  if (!text) return undefined;
  const plain = text.replace(/^\s*#.*$/gm, "");
  const name = /^\[package\][^[]*?^name\s*=\s*["']([\w-]+)["']/m.exec(plain)?.[1];
  return { directory, name, text: plain };
}

/** The package itself, or the workspace above that it is a member of; undefined where a manifest above is not known. */
function workspaceOf(
  files: ProjectFiles,
  own: Package,
  isOfImage: (path: string) => boolean,
): Package | undefined {
  if (/^\[workspace\]/m.test(own.text)) return own;
  for (let at = own.directory; at !== "/"; ) {
    at = directoryOf(at);
    const path = joinPath(at, "Cargo.toml");
    const text = files.read(path);
    if (text === undefined && isOfImage(path)) continue;
    if (text === undefined) return undefined;
    if (text !== null && /^\[workspace\]/m.test(text)) return readPackage(files, at);
  }
  return own;
}

/** Rust's own image holds no projects, so that only an instruction of the file could have brought one. */
function isOfRustImage(path: string, { image }: Call, { now }: Changes): boolean {
  return image?.name === "rust" && now.isBrought(path).is === "no";
}

const MOST_MEMBERS = 100;

function membersOf(root: Package, files: ProjectFiles, { context }: Call): readonly Package[] | undefined {
  const patterns = /^\[workspace\]/m.test(root.text) ? (listOf(root.text, "members") ?? []) : [];
  const members: Package[] = root.name === undefined ? [] : [root];
  const manifest = files.sourceOf(`${root.directory}/Cargo.toml`);
  for (const pattern of patterns) {
    const folder = directoryOf(`/${pattern}`).slice(1);
    const isPattern = pattern.includes("*");
    if (/[*?[]/.test(folder) || /[?[]/.test(pattern) || (isPattern && (manifest === undefined || !context)))
      return undefined;
    const base = joinPath(directoryOf(`/${manifest}`), folder).slice(1);
    const names = isPattern ? context?.list(base || ".") : [baseName(`/${pattern}`)];
    if (!names || names.length > MOST_MEMBERS) return undefined;
    for (const name of names) {
      const directory = resolvePath(root.directory, `${folder}/${name}`.replace(/^\//, "")) ?? root.directory;
      if (directory === root.directory || (isPattern && !matchesName(name, baseName(`/${pattern}`))))
        continue;
      const text = files.read(`${directory}/Cargo.toml`);
      if (text === undefined) return undefined;
      const member = text === null ? undefined : readPackage(files, directory);
      if (member) members.push(member);
    }
  }
  return members;
}

/** A list of texts that stands by its own name: `members = ["api", "crates/*"]`. */
function listOf(text: string, name: string): readonly string[] | undefined {
  const list = new RegExp(`^${name}\\s*=\\s*\\[([^\\]]*)\\]`, "m").exec(text)?.[1];
  return list === undefined
    ? undefined
    : [...list.matchAll(/["']([^"']+)["']/g)].map((it) => (it[1] ?? "").replace(/^\.\/|\/$/g, ""));
}

/** Names with whether they are certainly built. */
function programsOf(
  { directory, name, text }: Package,
  files: ProjectFiles,
  { context }: Call,
): ReadonlyMap<string, boolean> | undefined {
  const found = new Map<string, boolean>();
  const named = new Set<string>();
  for (const part of text.split(/^(?=\[)/m)) {
    if (!/^\[\[bin\]\]/.test(part)) continue;
    const own = /^name\s*=\s*["']([\w-]+)["']/m.exec(part)?.[1];
    if (own === undefined) return undefined;
    const path = /^path\s*=\s*["']([^"']+)["']/m.exec(part)?.[1];
    named.add(path ?? (own === name ? "src/main.rs" : `src/bin/${own}.rs`));
    found.set(own, !/^required-features/m.test(part));
  }
  if (name === undefined || /^autobins\s*=\s*false/m.test(text)) return found;
  const add = (program: string, path: string) => {
    const there = files.stateOf(`${directory}/${path}`);
    if (there !== "no" && !named.has(path) && !found.has(program)) found.set(program, there === "yes");
  };
  add(name, "src/main.rs");
  const manifest = files.sourceOf(`${directory}/Cargo.toml`);
  const folder =
    manifest === undefined ? undefined : joinPath(directoryOf(`/${manifest}`), "src/bin").slice(1);
  if (folder === undefined || !context) return undefined;
  // A package of neither programs nor a library is one whose sources are not seen.
  const isSeen = found.size > 0 || files.stateOf(`${directory}/src/lib.rs`) !== "no";
  if (context.exists(folder) === "absent") return isSeen ? found : undefined;
  const names = context.list(folder);
  if (!names) return undefined;
  for (const it of names)
    if (it.endsWith(".rs")) add(it.slice(0, -".rs".length), `src/bin/${it}`);
    else if (context.exists(`${folder}/${it}/main.rs`) === "file") add(it, `src/bin/${it}/main.rs`);
  return found;
}

/**
 * May a build write a path of a target directory? Programs stand in the folder of their profile, with the target's name in front where
 * one is given; everything else in it has an ending or a folder of its own.
 */
export function mayBeOfTarget(
  place: string,
  names: ReadonlySet<string> | undefined,
  targets: readonly string[],
): (path: string) => boolean {
  return (path) => {
    const target = targets.find((it) => isWithin(path, it));
    if (target === undefined) return true;
    const inside = path.slice(target.length + 1);
    const [, profile] = /^(?:[\w.]+-[\w.-]+\/)?(\w[\w-]*)\/[\w-]+$/.exec(inside) ?? [];
    if (profile === undefined || /\/(build|deps|examples|incremental|\.\w+)$/.test(path)) return true;
    return directoryOf(path) === place && (names?.has(baseName(path)) ?? true);
  };
}
