import type { Dockerfile } from "../../syntax/dockerfile/tree.ts";
import { remove, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { joiningBackslashes } from "../knowledge/instructions/joined-lines.ts";
import { swallowedIn } from "../knowledge/instructions/swallowed-instructions.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const instructionSwallowed = instructionRule({
  id: "instruction-swallowed",
  title: "Instruction that the line above takes along",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a line that begins like an instruction (\`COPY … …\`, \`ENV NAME=…\`, \`CMD [\`) inside another one, because the line
      above it ends with a backslash; blank lines and comments between them do not end it. Silent in quotes and here-documents.`,
    why: source`
      The instruction is never carried out: its words are handed to the command above, which deletes, installs or copies them too.
      Mostly a line was taken away from the end of a list, and the backslash stayed.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl \
          && rm -rf /var/lib/apt/lists/* \
      # the service
      COPY api /usr/local/bin/
      ^^^^ instruction-swallowed: The line above goes on here, so that COPY is a word of RUN.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl \
          && rm -rf /var/lib/apt/lists/*
      # the service
      COPY api /usr/local/bin/`,
  },

  instructions:
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL STOPSIGNAL USER VOLUME WORKDIR".split(
      " ",
    ),

  check(instruction, stage, report) {
    if (joiningBackslashes(stage.model.file, instruction).length > 0) return;
    for (const { keyword, span, line } of swallowedIn(instruction, stage))
      report(span, `The line above goes on here, so that ${keyword} is a word of ${instruction.name}.`, {
        fixes: fixesOf(line, instruction.startLine, stage.model.file),
      });
  },
});

/** The line above ends there: without its backslash, and without what joins commands. */
function fixesOf(line: number, first: number, file: Dockerfile): Fix[] {
  for (let above = line - 1; above >= first; above--) {
    const start = file.lines.startOf(above);
    const text = file.text.slice(start, file.lines.endOf(above)).trimEnd();
    if (text === "" || /^\s*#/.test(text)) continue;
    const title = "End the instruction above";
    // `.\` is the working directory as Windows writes it.
    if (file.escape === "\\" && /\s\.\\$/.test(text)) {
      const end = start + text.length;
      return [{ kind: "unsafe", title, edits: [replace({ start: end - 1, end }, "/")] }];
    }
    const left = text
      .slice(0, -1)
      .trimEnd()
      .replace(/(?:&&|;)$/, "")
      .trimEnd();
    if (!text.endsWith(file.escape) || (above === first && !/\s/.test(left.trim()))) return [];
    return left.trim() === ""
      ? []
      : [
          {
            kind: "unsafe",
            title,
            edits: [remove({ start: start + left.length, end: start + text.length })],
          },
        ];
  }
  return [];
}
