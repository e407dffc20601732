import type { BuildContext } from "../../context/build-context.ts";
import { type Known, known, notKnown } from "../../known.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, joinPath } from "../paths.ts";
import { type CargoChoice, cargoPrograms, mayBeOfTarget } from "../projects/cargo.ts";
import { mayBuildProject, writesBeside } from "../projects/project-build.ts";
import { projectFiles } from "../projects/project-files.ts";
import type { Binary } from "../state.ts";
import { type Call, type CommandFamily, optionSet, pathOf, readWords } from "./command-family.ts";

const OPTIONS = optionSet(
  "--target --target-dir --profile -p --package --bin --features -F -j --jobs --manifest-path --root --version --git --branch --tag --rev --path --example --test",
);

export const cargo: CommandFamily = {
  programs: ["cargo"],
  run(call, changes) {
    const { options, operands } = readWords(
      call.words.filter((it) => !it?.startsWith("+")),
      OPTIONS,
    );
    const [verb, ...rest] = operands;
    if (verb === "fetch" || verb === "check" || verb === "clippy" || verb === "fmt" || verb === "login")
      return;
    if (verb === "install") installProgram(call, rest, options, changes);
    else if (verb === "build" || verb === "b" || verb === "rustc") build(call, options, changes);
    else if (verb === "chef" || verb === "doc" || verb === "generate-lockfile" || verb === "update") {
      if (movesTarget(call, changes) || call.directory === undefined) changes.mayWriteAnywhere();
      // Of what it builds only dependencies stay: their libraries have endings.
      else if (
        verb === "chef" &&
        !options.has("--target-dir") &&
        writesBeside(call, changes, call.directory)
      ) {
        const targets = targetsAround(call);
        const mayBe = mayBeOfTarget("", new Set(), targets);
        for (const it of [call.directory, ...targets]) changes.mayBuildBelow(it, mayBe);
        return;
      } else mayBuildProject(call, changes, call.directory);
      mayBuildTargets(call, changes);
    }
    // The author's code.
    else changes.mayWriteAnywhere();
  },
};

export const rustc: CommandFamily = {
  programs: ["rustc"],
  run(call, changes) {
    changes.mayBuildBelow(call.directory ?? "/");
  },
};

/** Toolchains and targets, under its own home. */
export const rustup: CommandFamily = {
  programs: ["rustup"],
  run(_, changes) {
    changes.mayInstallPrograms();
    for (const directory of ["/usr", "/opt", "/root", "/home"]) changes.mayBuildBelow(directory);
  },
};

function build(call: Call, options: ReadonlyMap<string, string | undefined>, changes: Changes): void {
  const directory = call.directory;
  const given = options.has("--target-dir") ? options.get("--target-dir") : call.variable("CARGO_TARGET_DIR");
  const targetDirectory =
    typeof given === "string"
      ? given
      : given === undefined
        ? undefined
        : given.known
          ? given.value || "target"
          : "target";
  if (directory === undefined || targetDirectory === undefined || movesTarget(call, changes)) {
    changes.mayWriteAnywhere();
    return;
  }
  const at = targetDirectory.startsWith("/") ? targetDirectory : joinPath(directory, targetDirectory);
  const profile =
    options.has("--release") || options.has("-r") ? "release" : profileFolder(options.get("--profile"));
  const triple = options.has("--target") ? options.get("--target") : targetVariable(call);
  const choice = chosenBy(call);
  const isPlain =
    triple !== undefined && choice && !options.has("--manifest-path") && !isTargetSet(call, changes);
  const programs = isPlain ? cargoPrograms(call, changes, directory, choice) : undefined;
  // A package of a workspace is built into the target directory of that.
  const isMoved = targetDirectory.startsWith("/") || options.has("--target-dir");
  const target = isMoved || !programs ? at : joinPath(programs.root, targetDirectory);
  const place = [target, triple, profile].filter(Boolean).join("/");
  const names = programs && new Set([...programs.certain, ...programs.possible]);
  const targets = [at, target, ...targetsAround(call)];
  const mayBe = programs && mayBeOfTarget(place, names, targets);
  // A build script (build.rs) may write anywhere, and what is built is below the target directory.
  for (const it of [directory, ...targets]) changes.mayBuildBelow(it, mayBe);
  if (triple === undefined || options.has("--lib")) return;
  const binary: Binary = {
    language: "rust",
    linkage: linkage(call, triple, changes),
    builtBy: changes.instruction,
    ...(programs && { mayHaveOthers: programs.possible.size > 0 }),
  };
  const only = options.get("--bin") ?? crateName(call.context);
  const made = programs ? programs.certain : only !== undefined && !options.has("--workspace") ? [only] : [];
  for (const name of made) changes.write(joinPath(place, name), "file", { binary });
}

/** `dev` and `test` are built to `debug`, and `bench` to `release`. */
function profileFolder(name: string | undefined): string {
  if (name === undefined || name === "dev" || name === "test") return "debug";
  return name === "bench" ? "release" : name;
}

/** Images for other platforms set it; those of Rust itself do not. */
function targetVariable(call: Call): string | undefined {
  const value = call.variable("CARGO_BUILD_TARGET");
  if (value.known) return value.value;
  return /cross|musl/.test(call.image?.name ?? "") ? undefined : "";
}

/** May the configuration name another target than the host? */
function isTargetSet(call: Call, changes: Changes): boolean {
  if (call.directory === undefined) return true;
  const files = projectFiles(call.context, changes, call.directory);
  return [".cargo/config.toml", ".cargo/config"].some((it) => {
    const text = files.read(it);
    return text === undefined ? files.stateOf(it) === "yes" : /^\s*target\s*=/m.test(text ?? "");
  });
}

/** Undefined where it is chosen in another way, or a word is not known. */
function chosenBy({ words }: Call): CargoChoice | undefined {
  const known = words.flatMap((it) => it ?? []);
  if (known.length !== words.length) return undefined;
  if (
    known.some((it) =>
      /^--(examples?|tests?|benches|bench|all-targets|exclude|lib|out-dir|artifact-dir)\b/.test(it),
    )
  )
    return undefined;
  const valued = (...names: string[]) =>
    known.flatMap((it, at) => {
      if (names.includes(it)) return known[at + 1] ?? [];
      const name = names.find((one) => it.startsWith(`${one}=`));
      return name === undefined ? [] : it.slice(name.length + 1);
    });
  const packages = valued("-p", "--package");
  if (packages.some((it) => !/^[\w-]+$/.test(it))) return undefined;
  return {
    packages,
    bins: valued("--bin"),
    isWholeWorkspace: known.some((it) => it === "--workspace" || it === "--all"),
  };
}

/** Where a package's programs may be built to: the workspace may be any folder above. */
function targetsAround(call: Call): readonly string[] {
  const found: string[] = [];
  const given = call.variable("CARGO_TARGET_DIR");
  if (given.known && given.value.startsWith("/")) found.push(given.value);
  for (let at = call.directory ?? "/"; at !== "/"; at = directoryOf(at)) found.push(joinPath(at, "target"));
  return found;
}

/** Does the configuration of Cargo in the project put what is built elsewhere? */
function movesTarget(call: Call, changes: Changes): boolean {
  if (call.directory === undefined) return true;
  const files = projectFiles(call.context, changes, call.directory);
  return [".cargo/config.toml", ".cargo/config"].some((it) => files.read(it)?.includes("target-dir"));
}

function mayBuildTargets(call: Call, changes: Changes): void {
  for (const it of targetsAround(call)) changes.mayBuildBelow(it);
}

function installProgram(
  call: Call,
  crates: readonly (string | undefined)[],
  options: ReadonlyMap<string, string | undefined>,
  changes: Changes,
): void {
  changes.mayInstallPrograms();
  const home = call.variable("CARGO_HOME");
  const root = options.has("--root")
    ? options.get("--root")
    : home.known && home.value !== ""
      ? home.value
      : undefined;
  const path = options.has("--path") ? pathOf(call, options.get("--path")) : undefined;
  const place = options.has("--root") ? pathOf(call, root) : root;
  const choice = path === undefined ? undefined : chosenBy(call);
  const programs =
    path !== undefined && choice && place !== undefined
      ? cargoPrograms(call, changes, path, choice)
      : undefined;
  if (options.has("--path")) {
    // It is built in its own project first.
    const project = pathOf(call, options.get("--path"));
    if (project === undefined) changes.mayBuildBelow("/");
    else
      for (const it of [project, ...(project === "/" ? [] : [joinPath(directoryOf(project), "target")])])
        changes.mayBuildBelow(it);
    mayBuildTargets(call, changes);
  }
  if (programs && place !== undefined) {
    const names = new Set([...programs.certain, ...programs.possible]);
    const bin = joinPath(place, "bin");
    changes.mayBuildBelow(place, (it) => directoryOf(it) !== bin || names.has(baseName(it)));
    const binary: Binary = {
      language: "rust",
      linkage: linkage(call, "", changes),
      builtBy: changes.instruction,
      mayHaveOthers: programs.possible.size > 0,
    };
    for (const it of programs.certain) changes.write(joinPath(bin, it), "file", { binary });
  } else if (root === undefined || options.has("--path")) changes.mayBuildBelow(root ?? "/");
  else {
    changes.mayBuildBelow(root);
    for (const crate of crates) if (crate !== undefined) changes.addTool(crate.replace(/@.*$/, ""));
  }
}

/** Rust links against the C library of its target: glibc's dynamically, musl's statically (rustc's targets, 2026). */
function linkage(call: Call, target: string, changes: Changes): Binary["linkage"] {
  const say = (message: string) => ({ ...changes.reason, message });
  const flags = call.variable("RUSTFLAGS");
  if (!flags.known || /crt-static/.test(flags.value))
    return notKnown(say("RUSTFLAGS may say how it is linked"));
  const host =
    changes.now.hasTool("apk").is === "yes"
      ? "musl"
      : changes.now.hasTool("apt-get").is === "yes"
        ? "gnu"
        : undefined;
  const libc = target === "" ? host : /-(musl|gnu)/.exec(target)?.[1];
  if (libc === undefined) return notKnown(say("it is not known which C library it is built for"));
  const value: Known<"static" | { readonly libc: "glibc" | "musl" }> =
    libc === "musl"
      ? known<"static" | { libc: "glibc" | "musl" }>("static", say("Rust links musl statically"))
      : known<"static" | { libc: "glibc" | "musl" }>(
          { libc: "glibc" },
          say("Rust links against glibc dynamically"),
        );
  return value;
}

/** The package's name in Cargo.toml at the context's root, where it has but one program. */
function crateName(context: BuildContext | undefined): string | undefined {
  const text = context?.read("Cargo.toml");
  if (text === undefined || /^\[\[bin\]\]|^\[workspace\]/m.test(text)) return undefined;
  return /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/m.exec(text)?.[1];
}
