import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import { notedOnService } from "../../model/compose/project.ts";
import { extendedBy } from "../../model/compose/reading/inherit.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode, YamlNode } from "../../syntax/compose/tree.ts";
import type { TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";

export const missingLimits = composeRule({
  id: "missing-limits",
  title: "Service that may take all memory",
  severity: "hint",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: false,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service without a limit of its memory, neither \`deploy.resources.limits.memory\` nor \`mem_limit\`.`,
    why: source`
      One service that leaks takes the memory of the machine, and the kernel ends some process or other, maybe the database
      beside it.`,
    bad: source`
      services:
        api:
        ^^^ missing-limits: Nothing limits the memory of api.
          image: example/api:1.4`,
    good: source`
      services:
        api:
          image: example/api:1.4
          mem_limit: 512m`,
  },

  check(project, report) {
    if (!project.complete) return;
    const unlimited = [...project.services.values()].filter((it) => takesAll(it));
    if (unlimited.length === 0) return;
    const extended = new Set([...project.services.values()].map((it) => extendedBy(it)));
    for (const { name, node } of unlimited) {
      if (!node) continue;
      const edits = extended.has(name.value) ? undefined : limited(project.file, node);
      report(name.span, `Nothing limits the memory of ${name.value}.`, {
        fixes: edits ? [{ kind: "unsafe", title: "Limit its memory to 512 MB", edits }] : [],
      });
    }
  },
});

const takesAll = notedOnService(
  ({ node, complete }): boolean =>
    complete &&
    node !== undefined &&
    !["mem_limit", "provider", "extends"].some((it) => entryAt(node, it)) &&
    !valueAt(limitsOf(node), "memory"),
);

function limitsOf(service: MappingNode): YamlNode | undefined {
  return valueAt(valueAt(valueAt(service, "deploy"), "resources"), "limits");
}

/**
 * Beside limits under `deploy` a key of the service would contradict them: what they leave out counts as zero. So it would in a
 * service that extends this one, which is why none is written for those that are extended.
 */
function limited(file: ComposeFile, node: MappingNode): readonly TextEdit[] | undefined {
  const limits = limitsOf(node);
  if (!limits) return appendEntry(file, node, { key: "mem_limit", value: "512m" });
  return limits.kind === "mapping" ? appendEntry(file, limits, { key: "memory", value: "512m" }) : undefined;
}
