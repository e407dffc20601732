import { isRaw } from "../../model/environment/environment-model.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { environmentRule } from "../rule.ts";

export const carriageReturnInValue = environmentRule({
  id: "carriage-return-in-value",
  title: "Carriage return of Windows inside of a value",
  severity: "info",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a quoted value of several lines in an environment file that ends its lines as Windows does, and a carriage return in the
      midst of a plain value.`,
    why: source`
      At the end of a line Compose takes it away, inside of a value it does not: the program in the container gets it, and a key or
      certificate with it is often refused.`,
    context: { "compose.yaml": "services:\n  api:\n    image: example/api:1.4\n    env_file: .env\n" },
    bad: `KEY="one\r
    ^^^^ carriage-return-in-value: The lines of this value end with carriage returns, which the container gets too.
two"\r
`,
    good: source`
      KEY="one
      two"`,
  },

  check(model, report) {
    if (isRaw(model)) return;
    const { text } = model.file;
    for (const { valueSpan, value } of model.file.entries) {
      if (!valueSpan || !value?.includes("\r")) continue;
      const written = text.slice(valueSpan.start, valueSpan.end);
      const first = written.indexOf("\r");
      // Written as `\r` it was meant.
      if (first < 0) continue;
      report(
        { start: valueSpan.start, end: valueSpan.start + first },
        "The lines of this value end with carriage returns, which the container gets too.",
        {
          fixes: [
            {
              kind: "unsafe",
              title: "Take the carriage returns away",
              edits: [...written.matchAll(/\r\n?/g)].map(({ index, 0: found }) => {
                const start = valueSpan.start + index;
                return replace({ start, end: start + found.length }, "\n");
              }),
            },
          ],
        },
      );
    }
  },
});
