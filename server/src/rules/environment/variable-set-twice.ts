import { isRaw } from "../../model/environment/environment-model.ts";
import type { DotenvEntry, DotenvFile } from "../../syntax/dotenv/parse.ts";
import { source } from "../../text/source.ts";
import { environmentRule, type Fix } from "../rule.ts";
import { withoutEntry } from "../writing/environment/dotenv-lines.ts";

export const variableSetTwice = environmentRule({
  id: "variable-set-twice",
  title: "Variable that an environment file sets twice",
  severity: "warning",
  tags: ["clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports each entry of a \`.env\` or \`env_file\` whose name is set again further down.`,
    why: source`
      The last one counts, and nothing says so: who changes the first one wonders why nothing happens.`,
    context: { "compose.yaml": "services:\n  api:\n    image: example/api:${TAG}\n" },
    bad: source`
      TAG=1.4
      ^^^ variable-set-twice: TAG is set again in line 2, and the last one counts.
      TAG=1.5`,
    good: source`
      TAG=1.5`,
  },

  check(model, report) {
    const { file } = model;
    const last = new Map<string, DotenvEntry>();
    for (const entry of file.entries) if (entry.value !== undefined) last.set(entry.name, entry);
    for (const entry of file.entries) {
      const winner = last.get(entry.name);
      if (!winner || winner === entry || winner.nameSpan.start < entry.nameSpan.start) continue;
      const line = file.lines.lineAt(winner.nameSpan.start) + 1;
      report(entry.nameSpan, `${entry.name} is set again in line ${line}, and the last one counts.`, {
        related: [{ message: "This one counts.", span: winner.nameSpan }],
        fixes: isRaw(model) ? [] : removal(file, entry, winner),
      });
    }
  },
});

/** Unless a value between the two is made from the first. */
function removal(file: DotenvFile, entry: DotenvEntry, winner: DotenvEntry): readonly Fix[] {
  const between = file.text.slice(entry.valueSpan?.end ?? entry.nameSpan.end, winner.valueSpan?.end);
  const edit = between.includes("$") ? undefined : withoutEntry(file, entry);
  return edit ? [{ kind: "safe", title: `Remove this ${entry.name}`, edits: [edit] }] : [];
}
