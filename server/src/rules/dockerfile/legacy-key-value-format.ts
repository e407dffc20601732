import type { Dockerfile, Instruction, Pair, Word } from "../../syntax/dockerfile/tree.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, stageRule } from "../rule.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const legacyKeyValueFormat = stageRule({
  id: "legacy-key-value-format",
  title: "ENV or LABEL without an equals sign",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["LegacyKeyValueFormat"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`ENV name value\` and \`LABEL name value\`. The fix writes \`name=value\`, in quotes where the value holds
      blanks.`,
    why: source`
      Without the equals sign everything to the end of the line is the value: \`ENV ONE=1\` sets one variable, \`ENV ONE
      TWO=2\` sets ONE to "TWO=2". Docker keeps this form for old files only and may drop it.`,
    bad: source`
      FROM alpine:3.24
      ENV GREETING Hello world
          ^^^^^^^^ legacy-key-value-format: GREETING is set without an equals sign, so all that follows is its value.`,
    good: source`
      FROM alpine:3.24
      ENV GREETING="Hello world"`,
  },
  onlyWith: { instructions: ["ENV", "LABEL"] },

  check(stage, report) {
    for (const instruction of stage.instructions) {
      if (instruction.name !== "ENV" && instruction.name !== "LABEL") continue;
      const [pair] = instruction.pairs;
      if (!pair?.legacy || !pair.value) continue;
      const { name } = pair;
      report(name.span, `${name.raw} is set without an equals sign, so all that follows is its value.`, {
        fixes: withEqualsSign(instruction, pair, pair.value, stage.model.file),
      });
    }
  },
});

function withEqualsSign(instruction: Instruction, { name }: Pair, value: Word, file: Dockerfile): Fix[] {
  const gap = { start: name.span.end, end: value.span.start };
  // With a quote in it the name would end elsewhere, and a comment between would be lost.
  if (!/^([\w.-]+|"[\w.-]+"|'[\w.-]+')$/.test(name.raw) || holdsComment(file, gap)) return [];
  const edits = inQuotes(value, file);
  if (!edits) return [];
  const title = `Write ${instruction.name} with an equals sign`;
  const [first, ...more] = edits;
  // What is inserted in front of the value goes with the sign: two edits at one place would have no order.
  const isInFront = first?.span.start === gap.end && first.span.end === gap.end;
  const all = isInFront ? [replace(gap, `=${first.newText}`), ...more] : [replace(gap, "="), ...edits];
  return [{ kind: "safe", title, edits: all }];
}

/** The edits that make one word of a value with the same meaning; none for one that is a word already. */
function inQuotes({ raw, span }: Word, file: Dockerfile): TextEdit[] | undefined {
  if (!/["']/.test(raw) && !raw.includes(file.escape)) {
    return /\s/.test(raw) ? [insert(span.start, '"'), insert(span.end, '"')] : [];
  }
  const quoted = requoted(raw, file.escape);
  if (quoted === undefined || quoted === raw) return quoted === raw ? [] : undefined;
  // On several lines the places of the characters are no longer those of the text.
  return file.text.slice(span.start, span.end) === raw ? [replace(span, quoted)] : undefined;
}

/**
 * A value with quotes and escapes of its own as one word: as it is where no blank stands free, else in double quotes
 * throughout. Undefined where a quote is not closed, or may stand inside `${…}`.
 */
function requoted(raw: string, escapeCharacter: string): string | undefined {
  let quote = "";
  let result = "";
  let hasFreeBlank = false;
  for (let at = 0; at < raw.length; at++) {
    const character = raw[at] ?? "";
    const next = raw[at + 1];
    if (quote === "'") {
      if (character === "'") quote = "";
      else result += literally(character, escapeCharacter);
    } else if (character === escapeCharacter) {
      if (next === undefined) return undefined;
      // Between double quotes the escape stays in front of what needs none; outside it always goes.
      result += quote === '"' ? character + next : literally(next, escapeCharacter);
      at++;
    } else if (character === quote) {
      quote = "";
    } else if (quote === "" && (character === '"' || character === "'")) {
      quote = character;
    } else if (character === "$" && next === "{") {
      const variable = /^\$\{[\w:+?%#/.-]*\}/.exec(raw.slice(at))?.[0];
      if (variable === undefined) return undefined;
      result += variable;
      at += variable.length - 1;
    } else {
      hasFreeBlank ||= quote === "" && /\s/.test(character);
      result += character;
    }
  }
  if (quote !== "") return undefined;
  return hasFreeBlank ? `"${result}"` : raw;
}

function literally(character: string, escapeCharacter: string): string {
  return character === '"' || character === "$" || character === escapeCharacter
    ? escapeCharacter + character
    : character;
}
