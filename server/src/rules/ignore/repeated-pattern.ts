import { source } from "../../text/source.ts";
import { ignoreRule } from "../rule.ts";
import { withoutLine } from "../writing/ignore/ignore-lines.ts";

export const repeatedPattern = ignoreRule({
  id: "repeated-pattern",
  title: "Pattern that stands in the ignore file already",
  severity: "hint",
  tags: ["clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a pattern of an ignore file that stands further up already, in this or another way of writing (\`dist\`, \`/dist/\`,
      \`./dist\`), with nothing between the two that takes it back.`,
    why: source`
      It does nothing, and who removes one of the two expects an effect. Docker takes no notice of a slash in front or behind.`,
    bad: source`
      dist
      /dist/
      ^^^^^^ repeated-pattern: The same as the pattern in line 1.`,
    good: source`
      dist`,
  },

  check(model, report) {
    const { patterns } = model.ignore;
    const above = new Map<string, (typeof patterns)[number]>();
    for (const pattern of patterns) {
      const opposite = [...above.values()].some((it) => it.exception !== pattern.exception);
      if (opposite) above.clear();
      const same = above.get(pattern.path);
      if (same) {
        const line = model.lines.lineAt(same.span.start) + 1;
        report(pattern.span, `The same as the pattern in line ${line}.`, {
          related: [{ message: "The first of the two.", span: same.span }],
          fixes: [{ kind: "safe", title: "Remove this line", edits: [withoutLine(model, pattern)] }],
        });
      } else above.set(pattern.path, pattern);
    }
  },
});
