import type { BuildContext } from "../../../../model/context/build-context.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import type { Command } from "../../../../syntax/shell/script.ts";
import type { NeededProgram } from "./needed-programs.ts";

/**
 * Programs that build scripts of crates start: `openssl-sys` asks pkg-config where OpenSSL is, unless it is told or compiles it itself
 * (docs.rs/openssl, Building), and prost-build starts protoc since 0.11 (its changelog; both read 2026-11). By the project's Cargo.lock, from
 * what its manifest certainly takes in.
 */
export function neededByCargo(
  { arguments: words }: Command,
  state: StageState,
  context: BuildContext | undefined,
): readonly NeededProgram[] {
  const verb = words.find((it) => !it.literal?.startsWith("+"));
  if (!verb || !context || !BUILDING.test(verb.literal ?? "")) return [];
  if (verb.literal === "chef" && !words.some((it) => it.literal === "cook")) return [];
  if (words.some((it) => it.literal === undefined || OTHERS.test(it.literal))) return [];
  const manifest = context.read("Cargo.toml");
  const locked = context.read("Cargo.lock");
  if (manifest === undefined || locked === undefined) return [];
  const isUnset = (...names: string[]) => names.every((it) => state.isSet(it).is === "no");
  const needed: NeededProgram[] = [];
  const takes = takenIn(manifest, locked);
  if (takes.has("openssl-sys") && !takes.has("openssl-src") && isUnset(...OPENSSL))
    needed.push({
      program: "pkg-config",
      why: "openssl-sys asks it where OpenSSL is",
      word: verb,
      install: { apt: "pkg-config libssl-dev", apk: "pkgconf openssl-dev openssl-libs-static" },
    });
  if (compilesProtocols(manifest, locked, context) && isUnset("PROTOC"))
    needed.push({
      program: "protoc",
      why: "prost-build starts it",
      word: verb,
      install: { apt: "protobuf-compiler", apk: "protobuf-dev" },
    });
  return needed;
}

const BUILDING = /^(?:build|b|check|c|run|r|test|t|clippy|chef|rustc)$/;

/** Another project, or not all of it. */
const OTHERS =
  /^(?:--manifest-path|-p|--package|--no-default-features|--config|-F|--features|--all-features)(?:=|$)/;

const OPENSSL =
  "OPENSSL_DIR OPENSSL_LIB_DIR OPENSSL_INCLUDE_DIR X86_64_UNKNOWN_LINUX_GNU_OPENSSL_DIR PKG_CONFIG".split(
    " ",
  );

/** The crates of a package without optional ones, those for tests and those for other systems, with all that they take in. */
function takenIn(manifest: string, locked: string): ReadonlySet<string> {
  const direct = namesIn(section(manifest, "dependencies"));
  const tests = new Set(namesIn(section(manifest, "dev-dependencies")));
  const taken = new Set<string>();
  // What stands in both may have more features for tests; and features of the project's own, or other members, bring more.
  if (/^\[workspace\b|^\[features\][^[]*(?:tls|openssl)/m.test(manifest)) return taken;
  const crates = cratesIn(locked);
  const open = direct.filter((it) => !tests.has(it));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (taken.has(name)) continue;
    taken.add(name);
    open.push(...(crates.get(name) ?? []));
  }
  return taken;
}

function section(manifest: string, name: string): string {
  const plain = manifest.replace(/^\s*#.*$/gm, "");
  const at = plain.search(new RegExp(`^\\[${name}\\]`, "m"));
  const rest = at < 0 ? "" : plain.slice(at + name.length + 2);
  const end = rest.search(/^\[/m);
  return end < 0 ? rest : rest.slice(0, end);
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/^([\w-]+)(?:\.workspace)?\s*=\s*(.*)$/gm)].flatMap(([, name = "", value = ""]) =>
    /optional\s*=\s*true/.test(value) ? [] : [/package\s*=\s*"([\w-]+)"/.exec(value)?.[1] ?? name],
  );
}

/** What each crate of a lock file takes in. */
function cratesIn(locked: string): ReadonlyMap<string, readonly string[]> {
  const crates = new Map<string, string[]>();
  for (const block of locked.split("[[package]]")) {
    const name = /^name = "([\w-]+)"/m.exec(block)?.[1];
    const list = /^dependencies = \[([^\]]*)\]/m.exec(block)?.[1] ?? "";
    if (name !== undefined)
      crates.set(name, [
        ...(crates.get(name) ?? []),
        ...[...list.matchAll(/"([\w-]+)/g)].map((it) => it[1] ?? ""),
      ]);
  }
  return crates;
}

function compilesProtocols(manifest: string, locked: string, context: BuildContext): boolean {
  const builds = namesIn(section(manifest, "build-dependencies"));
  if (!builds.some((it) => /^(?:tonic-build|prost-build|tonic-prost-build)$/.test(it))) return false;
  const version = /^name = "prost-build"\s+version = "0\.(\d+)\./m.exec(locked)?.[1];
  if (version === undefined || Number(version) < 11) return false;
  if (/^name = "(?:protobuf-src|protoc-bin-vendored|protox)"/m.test(locked)) return false;
  return /compile_protos/.test((context.read("build.rs") ?? "").replace(/^\s*\/\/.*$/gm, ""));
}
