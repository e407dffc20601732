import { isAbsolute } from "../../model/compose/effective/paths.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const environmentFileMissing = composeRule({
  id: "environment-file-missing",
  title: "File with variables or labels that is not there",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a path in \`env_file\` or \`label_file\` at which there is nothing, unless \`required: false\` allows for that. Absolute paths are those of a machine, and left alone.`,
    why: source`
      Compose refuses to start the service: "env file not found". Such files are often left out of version control, with a sample beside them.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          env_file: ./api.env
                    ^^^^^^^^^ environment-file-missing: There is no file ./api.env.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          env_file:
            - path: ./api.env
              required: false`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { node: service } of project.services.values())
      for (const key of ["env_file", "label_file"]) {
        const value = valueAt(service, key);
        for (const item of value?.kind === "sequence" ? itemsOf(value) : [value]) {
          const isLong = item?.kind === "mapping";
          const path = isLong ? knownAt(project, item, "path") : knownAt(project, item);
          // An absolute path is most often one of the machine that it is for.
          if (!path || isAbsolute(path.value)) continue;
          const kind = project.files.kindOf(path.value);
          if (kind === "directory")
            once(path.node.span, `${path.value} is a folder, and Compose reads a file here.`, { fixes: [] });
          if (kind !== "absent") continue;
          // Without a value Compose takes it for required; a variable may say otherwise.
          if (isLong && valueAt(item, "required") && knownAt(project, item, "required")?.value !== "true")
            continue;
          once(path.node.span, `There is no file ${path.value}.`, {
            fixes: notRequired(key, item, value === item),
          });
        }
      }
  },
});

/** Only `env_file` has a form that allows for it. */
function notRequired(key: string, item: YamlNode | undefined, isAlone: boolean): readonly Fix[] {
  if (key !== "env_file" || item?.kind !== "scalar" || item.viaAlias || item.style !== "plain") return [];
  if (/[\s,{}[\]#:]/.test(item.value)) return [];
  const optional = `{ path: ${item.value}, required: false }`;
  // A mapping is allowed in a list only.
  const written = isAlone ? `[${optional}]` : optional;
  return [{ kind: "unsafe", title: "Go on without it", edits: [replace(item.span, written)] }];
}
