import { usualNames } from "../../model/compose/effective/project-paths.ts";
import { isRemoteFile } from "../../model/compose/files/remote.ts";
import type { ComposeProject } from "../../model/compose/project.ts";
import { extendedBy } from "../../model/compose/reading/inherit.ts";
import { type KnownScalar, knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Report } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestAmong } from "../writing/suggestions/nearest-among.ts";

export const missingComposeFile = composeRule({
  id: "missing-compose-file",
  title: "Compose file, or what else it is read with, that is not there",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a path in \`include\` or \`extends\` at which there is nothing or a folder, a file with variables that \`include\` names and
      that is not there, and a service that is extended and that the file does not have. A file that is not there is a warning, since
      it may be made before Compose is started.`,
    why: source`
      Compose refuses the whole project: "no such file or directory", "is a directory", "cannot extend service". It looks for no usual
      name in a folder that is included.`,
    bad: source`
      services:
        api:
          extends: bse
                   ^^^ missing-compose-file: There is no service bse to extend; did you mean base?
        base:
          image: example/api:1.4`,
    good: source`
      services:
        api:
          extends: base
        base:
          image: example/api:1.4`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const missing = (path: KnownScalar | undefined) => {
      if (!path || isRemoteFile(path.value)) return;
      const kind = project.files.kindOf(path.value);
      if (kind === "absent") once(path.node.span, `There is no file ${path.value}.`, { severity: MAY_COME });
      if (kind === "directory") tellOfFolder(project, path, once);
    };
    for (const item of itemsOf(valueAt(project.file.root, "include"))) {
      const paths = item.kind === "mapping" ? valueAt(item, "path") : item;
      for (const it of eachOf(paths)) missing(knownAt(project, it));
      if (item.kind !== "mapping") continue;
      for (const it of eachOf(valueAt(item, "env_file")))
        missingVariables(project, knownAt(project, it), once);
    }
    const lacks = project.composition.some((it) => it.kind === "missing-service");
    const fromFiles = lacks ? extendsOfFiles(project) : new Map<number, YamlNode>();
    for (const { kind, message, origin, via } of project.composition) {
      const own = origin.source.file === project.file ? fromFiles.get(origin.span.start) : undefined;
      if (own && kind === "missing-service") once(own.span, message);
      // What is missing in an included file is that file's finding too, and Compose refuses this one for it.
      const here =
        origin.source.file === project.file ? undefined : via.find((it) => it.source.file === project.file);
      if (here && (kind === "missing-file" || kind === "missing-service"))
        once(here.span, `In ${origin.source.name}, which this brings in: ${message}`, {
          ...(kind === "missing-file" && { severity: MAY_COME }),
        });
    }
    const nearest = nearestAmong(project.services.keys());
    for (const service of project.services.values()) {
      if (extendedBy(service) === undefined) continue;
      const extended = valueAt(service.node, "extends");
      if (valueAt(extended, "file")) missing(knownAt(project, extended, "file"));
      else {
        const name =
          extended?.kind === "scalar" ? knownAt(project, extended) : knownAt(project, extended, "service");
        if (!name || !project.single || project.services.has(name.value)) continue;
        const span = contentSpan(project.file.text, name.node) ?? name.node.span;
        const near = nearest(name.value);
        once(span, `There is no service ${name.value} to extend${didYouMean(near)}`, {
          fixes:
            near === undefined ? [] : replaceName(project.file, { value: name.value, span }, near, "safe"),
        });
      }
    }
  },
});

function eachOf(node: YamlNode | undefined): readonly (YamlNode | undefined)[] {
  return node?.kind === "sequence" ? itemsOf(node) : [node];
}

/** Compose reads a folder as if it were a file, and fails. */
function tellOfFolder({ file, files }: ComposeProject, { node, value }: KnownScalar, report: Report): void {
  const folder = value.replace(/\/+$/, "");
  const names = files.list?.(value) ?? [];
  const inside = usualNames.find((it) => names.includes(it));
  const span = contentSpan(file.text, node) ?? node.span;
  if (value === "") {
    report(node.span, "There is no path here; Compose takes it for the folder.");
    return;
  }
  report(span, `${value} is a folder; Compose wants a file${inside ? `, as ${folder}/${inside}` : ""}.`, {
    fixes: inside ? replaceName(file, { value, span }, `${folder}/${inside}`, "safe") : [],
  });
}

/** Files that `include` takes variables from; that they are empty or a device is no matter. */
function missingVariables(project: ComposeProject, path: KnownScalar | undefined, report: Report): void {
  if (!path) return;
  const kind = project.files.kindOf(path.value);
  if (kind === "absent")
    report(path.node.span, `There is no file ${path.value} to take variables from.`, { severity: MAY_COME });
  if (kind === "directory")
    report(path.node.span, `${path.value} is a folder; Compose wants a file with variables.`);
}

/** Compose refuses the project without the file, which may be made, or fetched, before it is started. */
const MAY_COME = "warning";

/** Where a service of another file is named, by the place of its `extends`. */
function extendsOfFiles({ file }: ComposeProject): ReadonlyMap<number, YamlNode> {
  const found = new Map<number, YamlNode>();
  for (const { value } of entriesOf(valueAt(file.root, "services"))) {
    const entry = entryAt(value, "extends");
    const name = valueAt(entry?.value, "service");
    if (entry && name && valueAt(entry.value, "file")) found.set(entry.span.start, name);
  }
  return found;
}
