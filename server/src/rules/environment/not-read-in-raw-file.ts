import { isRaw } from "../../model/environment/environment-model.ts";
import type { DotenvEntry } from "../../syntax/dotenv/parse.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { environmentRule, type Fix } from "../rule.ts";
import { quotesOf } from "../writing/dotenv-values.ts";

export const notReadInRawFile = environmentRule({
  id: "not-read-in-raw-file",
  title: "Quote, comment or variable that a raw environment file keeps",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports quotes around a value, \`\${NAME}\`, a comment behind a value and \`export\` in a file that each service reads with
      \`format: raw\`, as \`docker run --env-file\` reads it too.`,
    why: source`
      In that format everything behind \`=\` is the value as it stands, and a name with a blank, which \`export\` makes of it, ends the
      start.`,
    context: {
      "deploy/compose.yaml":
        "services:\n  api:\n    image: example/api:1.4\n    env_file:\n      - path: ../.env\n        format: raw\n",
    },
    bad: source`
      GREETING="Hello"
               ^^^^^^^ not-read-in-raw-file: The quotes become part of GREETING's value: this file is read with \`format: raw\`.`,
    good: source`
      GREETING=Hello`,
  },

  check(model, report) {
    // Beside it as `.env` the same text is read in both ways, and each is right somewhere.
    if (!isRaw(model)) return;
    const { text, lines } = model.file;
    const how = "this file is read with `format: raw`";
    for (const entry of model.file.entries) {
      const { name, nameSpan, valueSpan, comment, value = "" } = entry;
      const start = lines.startOf(lines.lineAt(nameSpan.start));
      if (/export\s/.test(text.slice(start, nameSpan.start)))
        report({ start, end: nameSpan.end }, `The name of this variable is \`export ${name}\`: ${how}.`, {
          severity: "error",
          fixes: [{ kind: "safe", title: "Remove export", edits: [remove({ start, end: nameSpan.start })] }],
        });
      if (!valueSpan) continue;
      if (/^(["'])[^\r\n]*\1$/.test(text.slice(valueSpan.start, valueSpan.end)))
        report(valueSpan, `The quotes become part of ${name}'s value: ${how}.`, { fixes: unquoted(entry) });
      else if (/\$\{\w/.test(value)) report(valueSpan, `Nothing is put in for the variable here: ${how}.`);
      if (comment)
        report({ start: comment.start + 1, end: comment.end }, `This is a part of ${name}'s value: ${how}.`);
    }
  },
});

function unquoted({ value, valueSpan, verbatimAt }: DotenvEntry): readonly Fix[] {
  if (!valueSpan || verbatimAt === undefined || value === undefined || /[\r\n]/.test(value)) return [];
  return [{ kind: "unsafe", title: "Take the quotes away", edits: quotesOf(valueSpan).map(remove) }];
}
