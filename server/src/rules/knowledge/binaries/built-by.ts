import { holdingStage } from "../../../model/stage/holding-stage.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Binary, KnownFile } from "../../../model/stage/state.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import { type Instruction, notedOnInstruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { rememberedBy } from "../remembered.ts";

/** A binary with the stage and the command that built it. */
export interface BuiltBinary {
  readonly path: string;
  readonly binary: Binary;
  readonly builder: Stage;
  readonly command: Command;
}

/** The binaries among the files of a stage whose command is known, each command once. */
export function builtBinaries(stage: Stage): BuiltBinary[] {
  const seen = new Set<Command>();
  return stage.result.files.flatMap(({ path, binary }: KnownFile) => {
    const builder = binary && holdingStage(binary.builtBy, stage.model);
    const command = binary && builder && buildCommand(binary, builder);
    if (!binary || !builder || !command || seen.has(command)) return [];
    seen.add(command);
    return [{ path, binary, builder, command }];
  });
}

/** The `go build` or `cargo build` that made a binary. Where a RUN holds several, `-o` tells which. */
export function buildCommand(binary: Binary, builder: Stage): Command | undefined {
  const { commands, byOutput } = buildsIn(builder, binary);
  const path = pathsOf(builder).get(binary);
  if (path !== undefined)
    for (let at = 0; at <= path.length; at++) {
      const named = byOutput.get(path.slice(at));
      if (named) return named;
    }
  return commands.length === 1 ? commands[0] : undefined;
}

interface Builds {
  readonly commands: readonly Command[];
  /** The first for each `-o`. */
  readonly byOutput: ReadonlyMap<string, Command>;
}

function buildsIn(builder: Stage, { builtBy, language }: Binary): Builds {
  return builds(builtBy, language, () => {
    const commands = (builder.commandsOf(builtBy)?.commands ?? []).filter((it) => isBuild(it, language));
    const byOutput = new Map<string, Command>();
    for (const command of commands) {
      const at = command.arguments.findIndex((it) => it.literal === "-o");
      const output = at < 0 ? undefined : command.arguments[at + 1]?.literal?.replace(/^\.\//, "");
      if (output !== undefined && !byOutput.has(output)) byOutput.set(output, command);
    }
    return { commands, byOutput };
  });
}

/** Kept, since a RUN may make many binaries. */
const builds = rememberedBy<Instruction, Builds>(notedOnInstruction);

/** Where the binaries of a stage are, the first place of each. */
const pathsOf = notedOnStage(({ result: { files } }): ReadonlyMap<Binary, string> => {
  const paths = new Map<Binary, string>();
  for (const { path, binary } of files) if (binary && !paths.has(binary)) paths.set(binary, path);
  return paths;
});

function isBuild({ name, arguments: words }: Command, language: Binary["language"]): boolean {
  const program = name?.literal;
  if (language === "go") return program === "go" && /^(build|install)$/.test(words[0]?.literal ?? "");
  return (
    language === "rust" &&
    program === "cargo" &&
    words.some((it) => /^(build|b|rustc|install)$/.test(it.literal ?? ""))
  );
}

/** Does a script of the stage hold this text, as in `GOARCH=…` or `xx-go`? Also where it cannot be read. */
export function scriptsMention(stage: Stage, pattern: RegExp): boolean {
  return mentions(stage, pattern.source, () =>
    stage.instructions.some((it) => it.name === "RUN" && says(pattern, it)),
  );
}

const mentions = rememberedBy<Stage, boolean>(notedOnStage);
