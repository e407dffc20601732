import { isRaw } from "../../model/environment/environment-model.ts";
import type { DotenvEntry, DotenvFile } from "../../syntax/dotenv/parse.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { environmentRule, type Fix, type Report } from "../rule.ts";
import { quotesOf } from "../writing/environment/dotenv-values.ts";

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
      Reports quotes around a value, \`\${NAME}\` of a variable that is set, a comment behind a plain value, \`export\` and blanks around names in a file that each service reads with
      \`format: raw\`, as \`docker run --env-file\` reads it too.`,
    why: source`
      In that format all behind \`=\` is the value as it stands and all in front of it the name. A name with a blank, which \`export\`
      makes of it, is refused.`,
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
    const { text } = model.file;
    const how = "this file is read with `format: raw`";
    checkNames(model.file, report);
    const set = new Set([...model.file.entries.map((it) => it.name), ...model.alsoSet.keys()]);
    for (const entry of model.file.entries) {
      const { name, valueSpan, comment, value = "" } = entry;
      if (!valueSpan) continue;
      if (/^(["'])[^\r\n]*\1$/.test(text.slice(valueSpan.start, valueSpan.end)))
        report(valueSpan, `The quotes become part of ${name}'s value: ${how}.`, { fixes: unquoted(entry) });
      else if (isMeantForVariable(value, set))
        report(valueSpan, `The variable is not replaced here: ${how}.`);
      if (comment && !isInside.test(value))
        report({ start: comment.start + 1, end: comment.end }, `This is a part of ${name}'s value: ${how}.`);
    }
  },
});

/** JSON, lists and quoted texts hold `#` and blanks as they like, which may be why the file is read so. */
const isInside = /["'{[(]/;

/** Of a name that nobody sets the sign is as likely meant as it stands. */
function isMeantForVariable(value: string, set: ReadonlySet<string>): boolean {
  return [...value.matchAll(/\$\{(\w+)/g)].some(([, name = ""]) => set.has(name));
}

/** Line by line, as that format goes: the name is all in front of `=`, or the whole line. */
function checkNames({ text, lines }: DotenvFile, report: Report): void {
  for (const line of lines.starts.keys()) {
    const start = lines.startOf(line);
    const written = text.slice(start, lines.endOf(line)).replace(/^\uFEFF/, "");
    const [, blanks = "", name = ""] = /^(\s*)([^=]*)/.exec(written) ?? [];
    // Behind a name alone a blank is taken away.
    const counted = written.includes("=") ? name : name.trimEnd();
    if (name.startsWith("#") || !/\s/.test(counted)) continue;
    const at = start + blanks.length + (text.startsWith("\uFEFF") && line === 0 ? 1 : 0);
    const exported = /^export\s+(?=[^\s=]+=)/.exec(written.slice(blanks.length))?.[0];
    report(
      { start: at, end: at + name.trimEnd().length },
      "Compose refuses this file: with `format: raw` all in front of `=` is the name, and a name has no blanks.",
      {
        severity: "error",
        fixes:
          exported === undefined
            ? []
            : [
                {
                  kind: "safe",
                  title: "Remove export",
                  edits: [remove({ start: at, end: at + exported.length })],
                },
              ],
      },
    );
  }
}

function unquoted({ value, valueSpan, verbatimAt }: DotenvEntry): readonly Fix[] {
  if (!valueSpan || verbatimAt === undefined || value === undefined || /[\r\n]/.test(value)) return [];
  return [{ kind: "unsafe", title: "Take the quotes away", edits: quotesOf(valueSpan).map(remove) }];
}
