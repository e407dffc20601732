import type { Command } from "../../../../syntax/shell/script.ts";
import type { NeededProgram } from "./needed-programs.ts";

/**
 * git for what mix.lock has under `:git`, and make for dependencies whose code in C elixir_make always compiles (hexdocs.pm/mix, Mix.Tasks.Deps;
 * mix.exs of bcrypt_elixir and argon2_elixir, as generally known, 2026-11). Only what mix.exs itself asks for in every environment counts.
 *
 * @param read gives the text of a file of the project, where that is known
 */
export function neededByMix(
  { arguments: words }: Command,
  read: (file: string) => string | undefined,
): readonly NeededProgram[] {
  const [word] = words;
  const verb = word?.literal ?? "";
  if (!word || !/^(?:deps\.(?:get|compile)|compile|release)$/.test(verb)) return [];
  if (words.some((it) => it.literal === undefined)) return [];
  const locked = read("mix.lock");
  const manifest = locked === undefined ? undefined : read("mix.exs");
  if (locked === undefined || manifest === undefined) return [];
  const named = words.slice(1).filter((it) => !it.literal?.startsWith("-") && it.literal !== "prod");
  if (verb === "deps.compile" && named.length > 0) return [];
  const own = ownDependencies(manifest);
  if (verb === "deps.get") {
    for (const [, name = "", address = ""] of locked.matchAll(/^\s*"(\w+)": \{:git, "([^"]+)"/gm))
      if (own.has(name)) return [{ program: "git", why: `mix clones ${address}`, word }];
    return [];
  }
  const compiled = COMPILED.find((it) => own.has(it) && locked.includes(`"${it}": {:hex`));
  if (compiled === undefined) return [];
  const install = { apt: "build-essential", apk: "build-base" };
  return [{ program: "make", why: `${compiled} has code in C, which mix compiles with it`, word, install }];
}

const COMPILED = ["bcrypt_elixir", "argon2_elixir"];

/** `{:name, "~> 1.0"}`, without those for some environments or targets alone. */
function ownDependencies(manifest: string): ReadonlySet<string> {
  const plain = manifest.replace(/^\s*#.*$/gm, "");
  return new Set(
    [...plain.matchAll(/\{:(\w+),([^{}]*)\}/g)].flatMap(([, name = "", rest = ""]) =>
      /\b(?:only|targets|optional|path|in_umbrella):/.test(rest) ? [] : [name],
    ),
  );
}
