import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { stageRule } from "../rule.ts";
import { removeButComments } from "../writing/dockerfile/lines.ts";

export const repeatedCommand = stageRule({
  id: "repeated-command",
  title: "CMD, ENTRYPOINT or HEALTHCHECK that a later one replaces",
  severity: "warning",
  tags: ["run", "clarity"],
  aliases: [
    "MultipleInstructionsDisallowed",
    "DL3012",
    "DL4003",
    "DL4004",
    "DS-0007",
    "DS-0016",
    "DS-0023",
    "S6589",
  ],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports each CMD, ENTRYPOINT and HEALTHCHECK of a stage but the last of its kind. What a base stage has is there to be
      replaced, so it is not counted.`,
    why: source`
      An image has one command, one entrypoint and one health check. Each further instruction replaces the one before
      without a word, so what stands above never runs.`,
    bad: source`
      FROM node:24-alpine
      CMD ["node", "migrate.js"]
      ^^^ repeated-command: This CMD has no effect: the one on line 3 replaces it.
      CMD ["node", "server.js"]`,
    good: source`
      FROM node:24-alpine
      ENTRYPOINT ["node"]
      CMD ["server.js"]`,
  },

  check({ instructions, model: { file } }, report) {
    const last = new Map<string, Instruction>();
    for (const instruction of instructions)
      if (kinds.has(instruction.name)) last.set(instruction.name, instruction);
    for (const instruction of instructions) {
      const aliases = kinds.get(instruction.name);
      const winner = last.get(instruction.name);
      if (aliases === undefined || !winner || winner === instruction) continue;
      const line = winner.startLine + 1;
      report(
        instruction.keyword,
        `This ${instruction.name} has no effect: the one on line ${line} replaces it.`,
        {
          aliases: ["MultipleInstructionsDisallowed", ...aliases],
          related: [{ message: "This one is used.", span: winner.keyword }],
          fixes: [
            {
              kind: "safe",
              title: `Remove this ${instruction.name}`,
              edits: removeButComments(file, instruction),
            },
          ],
        },
      );
    }
  },
});

/** What hadolint, Trivy and Sonar call each (read 2026-11). */
const kinds: ReadonlyMap<string, readonly string[]> = new Map([
  ["CMD", ["DL4003", "DS-0016", "S6589"]],
  ["ENTRYPOINT", ["DL4004", "DS-0007", "S6589"]],
  ["HEALTHCHECK", ["DL3012", "DS-0023"]],
]);
