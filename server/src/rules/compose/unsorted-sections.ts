import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { byAlphabet, byList, reportUnsorted } from "../writing/compose/report-unsorted.ts";

export const unsortedSections = composeRule({
  id: "unsorted-sections",
  title: "Sections of the file out of their order",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["top-level-properties-order"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  docs: {
    what: source`
      Reports top-level keys that do not stand in this order: \`x-\`, \`version\`, \`name\`, \`include\`, \`services\`, \`networks\`,
      \`volumes\`, \`secrets\`, \`configs\`. Runs only when asked for.`,
    why: source`
      Who reads the files of many projects finds the same thing in the same place of each.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
      name: shop
      ^^^^ unsorted-sections: name comes before services.`,
    good: source`
      name: shop
      services:
        api:
          image: example/api:1.4`,
  },

  check(project, report) {
    const { root } = project.file;
    if (!root || root.merges.length > 0) return;
    const entries = root.entries.map(({ key }) => ({ name: key.value, span: key.span }));
    reportUnsorted(project, root, entries, compare, report);
  },
});

const inOrder = byList("version name include services networks volumes secrets configs".split(" "));

function compare(a: string, b: string): number {
  const [isOwn, isOther] = [a.startsWith("x-"), b.startsWith("x-")];
  return isOwn && isOther ? byAlphabet(a, b) : isOwn !== isOther ? (isOwn ? -1 : 1) : inOrder(a, b);
}
