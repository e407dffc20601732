import { isRaw } from "../../model/environment/environment-model.ts";
import { source } from "../../text/source.ts";
import { environmentRule } from "../rule.ts";

export const textBehindQuotes = environmentRule({
  id: "text-behind-quotes",
  title: "Text behind a closing quote that becomes a variable",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports what stands behind the closing quote of a value in an environment file, where it is no comment.`,
    why: source`
      A quoted value ends at its quote. What follows in the line is the next entry for Compose: a name that is taken from the shell,
      or a variable with a value.`,
    context: { "compose.yaml": "services:\n  api:\n    image: example/api:1.4\n    env_file: .env\n" },
    bad: source`
      GREETING="Hello" world
                       ^^^^^ text-behind-quotes: Compose reads this as a variable of its own: the value ended at the quote.`,
    good: source`
      GREETING="Hello world"`,
  },

  check(model, report) {
    if (isRaw(model)) return;
    const { entries, lines } = model.file;
    for (const [index, entry] of entries.entries()) {
      const before = entries[index - 1];
      if (!before?.valueSpan || before.quote === "none") continue;
      if (lines.lineAt(before.valueSpan.end) !== lines.lineAt(entry.nameSpan.start)) continue;
      report(entry.nameSpan, "Compose reads this as a variable of its own: the value ended at the quote.");
    }
  },
});
