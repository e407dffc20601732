import { isRemoteFile } from "../../model/compose/files/remote.ts";
import { cutServices, LONGEST_CHAIN } from "../../model/compose/reading/inherit.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const unreadPart = composeRule({
  id: "unread-part",
  title: "Part of the project that is not looked at",
  severity: "hint",
  tags: ["clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Tells which part of a project Plimsoll does not read: further documents of the file, what \`include\` and \`extends\` fetch from
      elsewhere, and what stands at the end of more than 100 services that extend one another.`,
    why: source`
      Compose reads it all. What is found here is right, but of what services mean to each other less can be said: names that are declared
      nowhere, for instance, are not reported, and the effective file lacks that part.`,
    bad: source`
      include:
        - https://github.com/example/database.git
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-part: Compose fetches this; what is in it is not looked at here.
      services:
        api:
          image: example/api:1.4`,
    good: source`
      include:
        - ./database.yaml
      services:
        api:
          image: example/api:1.4`,
  },

  check(project, report) {
    const { file, services } = project;
    const once = reportOnce(report);
    const second = file.furtherDocuments > 0 ? secondDocument(file) : undefined;
    if (second)
      once(
        second,
        "Compose merges this document into the one above; what they mean together is not looked at here.",
      );
    const tellRemote = (node: Parameters<typeof knownAt>[1]) => {
      const path = knownAt(project, node);
      if (path && isRemoteFile(path.value))
        once(path.node.span, "Compose fetches this; what is in it is not looked at here.");
    };
    for (const item of itemsOf(valueAt(file.root, "include"))) {
      const paths = item.kind === "mapping" ? valueAt(item, "path") : item;
      for (const it of paths?.kind === "sequence" ? itemsOf(paths) : [paths]) tellRemote(it);
    }
    // Most files have none, and need no look into each service to tell.
    if (file.text.includes("extends"))
      for (const { value } of entriesOf(valueAt(file.root, "services")))
        tellRemote(valueAt(valueAt(value, "extends"), "file"));
    for (const { name, node } of cutServices(services)) {
      const extended = entryAt(node, "extends");
      const message = `More than ${LONGEST_CHAIN} services extend one another here; what is further down is not looked at for ${name.value}.`;
      if (extended) once(extended.span, message);
    }
  },
});

/** The line that begins it. */
function secondDocument({ text, root }: ComposeFile): Span | undefined {
  const line = /^---(?=\s|$)/gm;
  line.lastIndex = root?.span.end ?? 0;
  const start = line.exec(text)?.index;
  return start === undefined ? undefined : { start, end: start + 3 };
}
