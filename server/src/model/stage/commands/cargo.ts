import type { BuildContext } from "../../context/build-context.ts";
import { type Known, known, notKnown } from "../../known.ts";
import type { Changes } from "../contents/changes.ts";
import { directoryOf, joinPath } from "../paths.ts";
import { mayBuildProject } from "../projects/project-build.ts";
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
      if (movesTarget(call, changes)) changes.mayWriteAnywhere();
      else mayBuildProject(call, changes, call.directory);
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
  // A build script (build.rs) may write anywhere, and what is built is below the target directory.
  changes.mayBuildBelow(directory);
  mayBuildTargets(call, changes);
  const at = targetDirectory.startsWith("/") ? targetDirectory : joinPath(directory, targetDirectory);
  changes.mayBuildBelow(at);
  const profile =
    options.has("--release") || options.has("-r") ? "release" : (options.get("--profile") ?? "debug");
  const target = options.has("--target") ? options.get("--target") : "";
  if (target === undefined || options.has("--lib")) return;
  const binary: Binary = {
    language: "rust",
    linkage: linkage(call, target, changes),
    builtBy: changes.instruction,
  };
  const name = options.get("--bin") ?? crateName(call.context);
  if (name !== undefined && !options.has("--workspace"))
    changes.write(joinPath(at, [target, profile, name].filter(Boolean).join("/")), "file", { binary });
}

/** Does the configuration of Cargo in the project put what is built elsewhere? */
function movesTarget(call: Call, changes: Changes): boolean {
  if (call.directory === undefined) return true;
  const files = projectFiles(call.context, changes, call.directory);
  return [".cargo/config.toml", ".cargo/config"].some((it) => files.read(it)?.includes("target-dir"));
}

/** A package of a workspace is built into the target directory of that, somewhere above. */
function mayBuildTargets(call: Call, changes: Changes): void {
  const given = call.variable("CARGO_TARGET_DIR");
  if (given.known && given.value.startsWith("/")) changes.mayBuildBelow(given.value);
  for (let at = call.directory ?? "/"; at !== "/"; at = directoryOf(at))
    changes.mayBuildBelow(joinPath(at, "target"));
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
  if (options.has("--path")) {
    // It is built in its own project first.
    const project = pathOf(call, options.get("--path"));
    if (project === undefined) changes.mayBuildBelow("/");
    else
      for (const it of [project, ...(project === "/" ? [] : [joinPath(directoryOf(project), "target")])])
        changes.mayBuildBelow(it);
    mayBuildTargets(call, changes);
  }
  if (root === undefined || options.has("--path")) changes.mayBuildBelow(root ?? "/");
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
