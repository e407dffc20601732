import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { variablesIn } from "../../syntax/dockerfile/variables.ts";
import { source } from "../../text/source.ts";
import { labelsOf } from "../knowledge/labels/labels.ts";
import { instructionRule } from "../rule.ts";

export const invalidLabelKey = instructionRule({
  id: "invalid-label-key",
  title: "Label whose name is not as Docker asks for",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["DL3048", "valid-key"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a label that does not begin with a lower-case letter, does not end with one or a digit, holds anything but
      lower-case letters, digits, \`.\` and \`-\`, holds two of these in a row, or takes a name that Docker keeps for
      itself (\`com.docker.\`, \`io.docker.\`, \`org.dockerproject.\`). What Docker Desktop reads of its extensions is left
      alone.`,
    why: source`
      Tools look labels up by their exact name, and every tool has its own idea of other characters and of case. Docker's
      guidelines for labels name these few rules, so that a label works everywhere.`,
    bad: source`
      FROM alpine:3.24
      LABEL Version_Number="1.4"
            ^^^^^^^^^^^^^^ invalid-label-key: The label Version_Number holds other characters than a-z, 0-9, dots and hyphens.
      LABEL com.docker.team="web"
            ^^^^^^^^^^^^^^^ invalid-label-key: Labels that begin with com.docker. are kept for Docker itself.`,
    good: source`
      FROM alpine:3.24
      LABEL com.example.version-number="1.4"`,
  },

  instructions: ["LABEL"],
  triggers: true,

  check(instruction, stage, report) {
    for (const { name, pair } of labelsOf(instruction, stage)) {
      if (name === undefined) {
        if (holdsNothing(pair.name, instruction, stage))
          report(pair.name.span, "The name of this label holds a variable that nothing sets.");
        continue;
      }
      const message = name === "" ? undefined : wrongIn(name);
      if (message) report(pair.name.span, message);
    }
  },
});

/** docs.docker.com/engine/manage-resources/labels, read 2026-11. */
function wrongIn(name: string): string | undefined {
  const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./.exec(name)?.[0];
  if (reserved && !/^com\.docker\.(?:desktop\.)?extension\./.test(name))
    return `Labels that begin with ${reserved} are kept for Docker itself.`;
  if (/[^a-z0-9.-]/.test(name))
    return `The label ${name} holds other characters than a-z, 0-9, dots and hyphens.`;
  if (!/^[a-z]/.test(name)) return `The label ${name} does not begin with a letter.`;
  if (/[.-]$/.test(name)) return `The label ${name} does not end with a letter or a digit.`;
  const twice = /\.\.|--/.exec(name)?.[0];
  return twice ? `The label ${name} holds ${twice}, a separator twice.` : undefined;
}

function holdsNothing(word: Word, instruction: Instruction, stage: Stage): boolean {
  const before = stage.before(instruction);
  return variablesIn(word, stage.model.file.escape).some(
    (it) => it.operator === "" && before.isSet(it.name).is === "no",
  );
}
