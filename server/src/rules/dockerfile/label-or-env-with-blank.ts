import type { Pair, Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const labelOrEnvWithBlank = instructionRule({
  id: "label-or-env-with-blank",
  title: "Blank in front of the equals sign of ENV or LABEL",
  severity: "warning",
  tags: ["clarity", "run"],
  aliases: ["S6574", "LegacyKeyValueFormat"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`ENV name = value\` and \`LABEL name = value\`. With ARG, and behind the sign alone, BuildKit refuses the
      blank.`,
    why: source`
      A name without its equals sign is taken for the old form \`ENV name value\`, so the sign becomes part of the value:
      \`ENV PORT = 8080\` sets PORT to "= 8080".`,
    bad: source`
      FROM alpine:3.24
      ENV PORT = 8080
          ^^^^^^ label-or-env-with-blank: PORT is set to "= 8080": the blank makes the sign part of the value.`,
    good: source`
      FROM alpine:3.24
      ENV PORT=8080`,
  },

  instructions: ["ENV", "LABEL"],
  triggers: true,

  check({ pairs }, { model }, report) {
    const [pair] = pairs;
    if (!pair?.legacy || !pair.value?.raw.startsWith("=")) return;
    const { name, value } = pair;
    const place = { start: name.span.start, end: value.span.start + 1 };
    report(
      place,
      `${name.raw} is set to "${shortened(value.raw)}": the blank makes the sign part of the value.`,
      {
        fixes: joined(pair, value, model.file.text),
      },
    );
  },
});

/** Where one value follows and nothing else, it is plain what is meant. */
function joined({ name, span }: Pair, { raw }: Word, text: string): Fix[] {
  const value = raw.slice(1).trimStart();
  const written = text.slice(span.start, span.end);
  if (!ONE_VALUE.test(value) || /[\r\n]/.test(written)) return [];
  const edits = [replace(span, `${name.raw}=${value}`)];
  return [{ kind: "safe", title: `Write ${name.raw}=${shortened(value)}`, edits }];
}

const ONE_VALUE = /^(?:"[^"\\]*"|'[^'\\]*'|[^\s"'\\`=]+)$/;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 30;
