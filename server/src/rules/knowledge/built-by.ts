import type { Stage } from "../../model/stage/stage.ts";
import type { Binary, KnownFile } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";

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
    const builder = binary && stage.model.stages.find((it) => it.instructions.includes(binary.builtBy));
    const command = binary && builder && buildCommand(binary, builder);
    if (!binary || !builder || !command || seen.has(command)) return [];
    seen.add(command);
    return [{ path, binary, builder, command }];
  });
}

/** The `go build` or `cargo build` that made a binary. Where a RUN holds several, `-o` tells which. */
export function buildCommand(binary: Binary, builder: Stage): Command | undefined {
  const commands = (builder.scriptOf(binary.builtBy)?.commands ?? []).filter((it) =>
    isBuild(it, binary.language),
  );
  const built = builder.result.files.find((it) => it.binary === binary)?.path;
  const named = commands.find((command) => {
    const output = command.arguments[command.arguments.findIndex((it) => it.literal === "-o") + 1]?.literal;
    return output !== undefined && built?.endsWith(output.replace(/^\.\//, ""));
  });
  return named ?? (commands.length === 1 ? commands[0] : undefined);
}

function isBuild({ name, arguments: words }: Command, language: Binary["language"]): boolean {
  const program = name?.literal;
  if (language === "go") return program === "go" && /^(build|install)$/.test(words[0]?.literal ?? "");
  return (
    language === "rust" &&
    program === "cargo" &&
    words.some((it) => /^(build|b|rustc)$/.test(it.literal ?? ""))
  );
}

/** Does a script of the stage hold this text, as in `GOARCH=…` or `xx-go`? Also where it cannot be read. */
export function scriptsMention(stage: Stage, pattern: RegExp): boolean {
  return stage.instructions.some((it: Instruction) =>
    it.name === "RUN"
      ? pattern.test(it.body.text) || it.hereDocuments.some((one) => pattern.test(one.text.text))
      : false,
  );
}
