import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import type { MappingEntry } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";

export const obsoleteVersion = composeRule({
  id: "obsolete-version",
  title: "Version of the file, which nothing reads any more",
  severity: "info",
  tags: ["clarity"],
  aliases: ["no-version-field"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports the top-level \`version\`, which once said by which of several formats a file was to be read.`,
    why: source`
      Compose reads each file by the newest specification, whatever \`version\` says, and warns that it is obsolete each time.`,
    bad: source`
      version: "3.9"
      ^^^^^^^ obsolete-version: Compose does not read version any more, and warns of it.
      services:
        web:
          image: nginx:1.30`,
    good: source`
      services:
        web:
          image: nginx:1.30`,
  },

  check(project, report) {
    const entry = entryAt(project.file.root, "version");
    if (!entry || entry.key.viaAlias) return;
    // As a number it is refused: one thing at a time.
    if (entry.value?.kind === "scalar" && entry.value.type === "number") return;
    report(entry.key.span, "Compose does not read version any more, and warns of it.", {
      fixes: removal(project, entry),
    });
  },
});

/** An empty line behind it would be left at the top. */
function removal({ file }: ComposeProject, entry: MappingEntry): readonly Fix[] {
  const edits = file.root && removeEntry(file, file.root, entry);
  if (!edits) return [];
  const widened = edits.map(({ span, newText }) => {
    const empty = span.start === 0 ? /^(?:[ \t]*\r?\n)*/.exec(file.text.slice(span.end))?.[0].length : 0;
    return { span: { start: span.start, end: span.end + (empty ?? 0) }, newText };
  });
  return [{ kind: "safe", title: "Remove version", edits: widened }];
}
