import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { ignoreRule } from "../rule.ts";

export const backslashInPattern = ignoreRule({
  id: "backslash-in-pattern",
  title: "Backslash between the parts of a path",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a backslash in front of a letter or digit in a pattern of an ignore file.`,
    why: source`
      Only on Windows does it stand between folders. Elsewhere it takes the meaning from the next character, so that \`src\bin\` is a
      file of the name \`srcbin\`, and the files go into the build.`,
    bad: source`
      src\bin
         ^ backslash-in-pattern: Outside of Windows this matches \`srcbin\`: folders are separated by \`/\`.`,
    good: source`
      src/bin`,
  },

  check({ ignore, text }, report) {
    for (const { span } of ignore.patterns) {
      const written = text.slice(span.start, span.end);
      // In front of dots alone it may be meant for an escape: `*\.log` matches `*.log`.
      if (!/\\[\p{L}\p{N}_]/u.test(written)) continue;
      const places = [...written.matchAll(/\\(?=[\p{L}\p{N}_.])/gu)].map((it) => span.start + it.index);
      const [first] = places;
      if (first === undefined) continue;
      report(
        { start: first, end: first + 1 },
        `Outside of Windows this matches \`${written.replace(/\\(?=[\p{L}\p{N}_.])/gu, "")}\`: folders are separated by \`/\`.`,
        {
          fixes: [
            {
              kind: "safe",
              title: "Write / between the folders",
              edits: places.map((start) => replace({ start, end: start + 1 }, "/")),
            },
          ],
        },
      );
    }
  },
});
