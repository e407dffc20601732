import { appendEntry } from "../../model/compose/edit/append-entry.ts";
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
  reach: "service",
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
    for (const { name, node, complete } of project.services.values()) {
      if (!node || !complete || ["mem_limit", "provider", "extends"].some((it) => entryAt(node, it)))
        continue;
      const deploy = entryAt(node, "deploy");
      const limits = valueAt(valueAt(deploy?.value, "resources"), "limits");
      if (valueAt(limits, "memory")) continue;
      const edits = limited(project.file, node, limits);
      report(name.span, `Nothing limits the memory of ${name.value}.`, {
        fixes: edits ? [{ kind: "unsafe", title: "Limit its memory to 512 MB", edits }] : [],
      });
    }
  },
});

/** Beside limits under `deploy` a key of the service would contradict them: what they leave out counts as zero. */
function limited(
  file: ComposeFile,
  node: MappingNode,
  limits: YamlNode | undefined,
): readonly TextEdit[] | undefined {
  if (!limits) return appendEntry(file, node, { key: "mem_limit", value: "512m" });
  return limits.kind === "mapping" ? appendEntry(file, limits, { key: "memory", value: "512m" }) : undefined;
}
