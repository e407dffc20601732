import { imageNameBelow } from "../../model/stage/base-image.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const rustTargetMissing = commandRule({
  id: "rust-target-missing",
  title: "Rust built for a target that is not installed",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`cargo build --target x86_64-unknown-linux-musl\` and the like on the official images of Rust, which have the standard
      library of their own system alone, where no \`rustup target add\` stands in front of it. Silent where the project has a
      \`rust-toolchain.toml\`, by which rustup may install targets itself.`,
    why: source`
      The compiler finds no standard library for the target: "can't find crate for \`core\`: the target may not be installed".`,
    bad: source`
      FROM rust:1.90 AS builder
      WORKDIR /src
      COPY . .
      RUN cargo build --release --target x86_64-unknown-linux-musl
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^ rust-target-missing: rust:1.90 has no standard library for x86_64-unknown-linux-musl.`,
    good: source`
      FROM rust:1.90 AS builder
      RUN rustup target add x86_64-unknown-linux-musl
      WORKDIR /src
      COPY . .
      RUN cargo build --release --target x86_64-unknown-linux-musl`,
    context: { "Cargo.toml": "" },
  },
  programs: ["cargo"],

  check(call, report) {
    const { command, script, run, stage } = call;
    const [verb] = command.arguments;
    if (mayFail(command) || !/^(?:build|b|check|c|install|rustc|test|chef)$/.test(verb?.literal ?? ""))
      return;
    const { word, target } = targetIn(command.arguments) ?? {};
    if (!word || target === undefined || command.arguments.some((it) => it.raw.includes("build-std"))) return;
    const image = imageNameBelow(stage);
    if (image?.name !== "rust" || image.digest !== undefined || isOwn(target, image.tag ?? "")) return;
    if (mayBeInstalled(call)) return;
    report(word.span, `${image.text} has no standard library for ${target}.`, {
      severity: failsRun(command, script, run, stage) ? "error" : "warning",
      fixes: add(target, call),
    });
  },
});

function targetIn(
  words: readonly ShellWord[],
): { readonly word: ShellWord; readonly target: string } | undefined {
  for (const [at, word] of words.entries()) {
    const target =
      word.literal === "--target" ? words[at + 1]?.literal : /^--target=(.+)$/.exec(word.literal ?? "")?.[1];
    const place = word.literal === "--target" ? words[at + 1] : word;
    // A path is a target of the project's own.
    if (target !== undefined && place && /^[a-z0-9_]+(?:-[a-z0-9_.]+){1,3}$/.test(target))
      return { word: place, target };
  }
  return undefined;
}

/** Of whatever architecture the image is: the images are built for their own alone (rust-lang/docker-rust, read 2026-11). */
function isOwn(target: string, tag: string): boolean {
  return tag.includes("alpine") ? /-unknown-linux-musl/.test(target) : /-unknown-linux-gnu/.test(target);
}

/** By rustup, by a file that it reads, or from another image. */
function mayBeInstalled({ stage, run }: CommandCall): boolean {
  const { context } = stage.model.inputs;
  if (!context || ["rust-toolchain.toml", "rust-toolchain"].some((it) => context.exists(it) !== "absent"))
    return true;
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions) {
      if (
        (it.name === "RUN" || it.name === "ENV" || it === run) &&
        says(/rustup|RUSTUP|rust-toolchain|\.sh\b/, it)
      )
        return true;
      const from = it.flags.some(({ name }) => name === "from");
      if (from && says(/rustup|\/usr\/local\b|\/root\b/, it)) return true;
    }
  return false;
}

function add(target: string, { run, stage, instruction }: CommandCall): Fix[] {
  const { user, hasShell } = stage.before(instruction);
  if (!user.known || !user.value.isRoot || hasShell.is !== "yes" || run !== instruction) return [];
  const edits = [insertAbove(stage.model.file, run, `RUN rustup target add ${target}`)];
  return [{ kind: "unsafe", title: `Add the target ${target}`, edits }];
}
