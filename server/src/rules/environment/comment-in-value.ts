import { looksSecret } from "../../../../client/src/shared/secrets.ts";
import { isRaw } from "../../model/environment/environment-model.ts";
import type { DotenvEntry } from "../../syntax/dotenv/parse.ts";
import { insert, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { environmentRule, type Fix } from "../rule.ts";
import { betweenQuotes } from "../writing/environment/dotenv-values.ts";

export const commentInValue = environmentRule({
  id: "comment-in-value",
  title: "Number sign that is not read as it looks",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a comment that Compose takes for the value, because nothing but the \`#\` stands behind \`=\` or a tab stands in front
      of it, and a secret that ends at a blank and \`#\`, although what follows looks like a part of it.`,
    why: source`
      Behind a plain value a comment begins with one blank and \`#\`, and nowhere else: \`A= # none\` sets \`A\` to \`# none\`, and of
      \`SECRET=ab #c4\` only \`ab\` is left.`,
    context: { "compose.yaml": "services:\n  api:\n    image: example/api:1.4\n    env_file: .env\n" },
    bad: source`
      LOG_FILE= # none
                ^^^^^^ comment-in-value: Compose takes \`# none\` for the value of LOG_FILE: behind \`=\` no comment begins.
      API_TOKEN=ab #c4
                   ^^^ comment-in-value: Compose takes this for a comment, so the value of API_TOKEN ends in front of it.`,
    good: source`
      LOG_FILE="" # none
      API_TOKEN='ab #c4'`,
  },

  check(model, report) {
    if (isRaw(model)) return;
    for (const entry of model.file.entries) {
      const { name, value = "", valueSpan, quote, comment } = entry;
      if (quote !== "none" || !valueSpan) continue;
      if (/^#+(?:\s|$)/.test(value) && model.file.text[valueSpan.start - 1] !== "=")
        report(
          valueSpan,
          `Compose takes \`${value}\` for the value of ${name}: behind \`=\` no comment begins.`,
          {
            fixes: [fix("Make it a comment behind an empty value", insert(valueSpan.start, '"" '))],
          },
        );
      const hash = value.indexOf("\t#");
      if (hash >= 0) {
        let from = hash;
        while (value[from - 1] === "\t") from--;
        const blanks = { start: valueSpan.start + from, end: valueSpan.start + hash + 1 };
        report(
          { start: blanks.end, end: valueSpan.end },
          `This is a part of the value of ${name}: a comment begins with a blank and \`#\`, not with a tab.`,
          { fixes: [fix("Put a blank in front of the comment", replace(blanks, " "))] },
        );
      }
      if (
        comment &&
        looksSecret(name) &&
        PART_OF_SECRET.test(model.file.text.slice(comment.start, comment.end))
      )
        report(
          { start: comment.start + 1, end: comment.end },
          `Compose takes this for a comment, so the value of ${name} ends in front of it.`,
          { fixes: wholeQuoted(model.file.text, entry) },
        );
    }
  },
});

/** One word that is not all letters: `#cd` may be a part of a secret, and `#required` or `#change me` is a comment without a blank. */
const PART_OF_SECRET = /^\s#(?![a-z]+[.!?]?$)\S+\s*$/i;

function fix(title: string, edit: Fix["edits"][number]): Fix {
  return { kind: "unsafe", title, edits: [edit] };
}

function wholeQuoted(text: string, { valueSpan, comment }: DotenvEntry): readonly Fix[] {
  const whole = { start: valueSpan?.start ?? 0, end: comment?.end ?? 0 };
  const written = text.slice(whole.start, whole.end);
  if (/['\\\r\n]/.test(written)) return [];
  const title = "Make all of it the value, with single quotes";
  return [{ kind: "unsafe", title, edits: betweenQuotes(whole) }];
}
