import { appendItem } from "../../model/compose/edit/append-item.ts";
import { endOfLine, lineBreakOf, ownEntries } from "../../model/compose/edit/layout.ts";
import {
  endOfEntry,
  isPlainList,
  isPlainMapping,
  isPlainValue,
} from "../../model/compose/edit/plain-region.ts";
import type { Service } from "../../model/compose/project.ts";
import { dotenvLine } from "../../rules/writing/environment/dotenv-line.ts";
import { entryAt, mappingAt, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, MappingEntry, YamlNode } from "../../syntax/compose/tree.ts";
import { remove, replace, type TextEdit } from "../../text/edit.ts";
import { entryIn, type Place, serviceAt } from "./place.ts";
import { offer, type Refactoring } from "./refactoring.ts";
import { textOf } from "./texts.ts";

/** Moves the variables of a service, comments and all, into a file of their own that `env_file` names. */
export const environmentFile: Refactoring = {
  id: "environment-file",
  kind: "extract",
  offersAt: (place) => {
    const { file, folder, project } = place;
    const entry = entryIn(place, "services", "*", "environment")?.entry;
    const service = serviceAt(place);
    if (!entry || !service?.node || folder === undefined || isInherited(place, service)) return [];
    const name = `${service.name.value}.env`;
    // Only one that is certainly not there is made.
    if (!/^[\w.-]+$/.test(name) || project.files.kindOf(name) !== "absent") return [];
    const text = fileText(file, entry);
    const edits = text === undefined ? undefined : nameFile(file, service, entry, name);
    const others = [{ kind: "create", file: `${folder}/${name}`, text: text ?? "" } as const];
    return [offer(`Move environment of ${service.name.value} into ${name}`, edits, others)];
  },
};

/** Of what a service gives to another one, or takes from it, the variables of files come first: the move might change a value. */
function isInherited({ project }: Place, { node, name }: Service): boolean {
  if (!project.complete || valueAt(node, "extends")) return true;
  return [...project.services.values()].some((other) => {
    const base = valueAt(other.node, "extends");
    const extended =
      base?.kind === "scalar" ? base.value : scalarAt(mappingAt(other.node, "extends"), "service")?.value;
    return extended === name.value;
  });
}

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Undefined where a variable has no value of its own, or one that is not known before Compose runs. */
function fileText(file: ComposeFile, entry: MappingEntry): string | undefined {
  const { value } = entry;
  if (!value || value.kind === "scalar" || !isPlainValue(file, entry)) return undefined;
  const variables = value.kind === "sequence" ? listed(file, value) : mapped(file, value);
  if (!variables || variables.length === 0) return undefined;
  const lines: string[] = [];
  let at = entry.key.span.end;
  for (const variable of variables) {
    const line = variable && dotenvLine(variable.name, variable.value);
    if (!variable || line === undefined) return undefined;
    lines.push(...commentsIn(file.text.slice(at, variable.start)), line);
    at = variable.end;
    const comment = value.flow ? [] : commentsIn(file.text.slice(at, endOfLine(file, at)));
    lines.splice(lines.length - 1, 0, ...comment);
    if (!value.flow) at = endOfLine(file, at);
  }
  if (value.flow) lines.push(...commentsIn(file.text.slice(at, value.span.end)));
  return lines.map((it) => `${it}\n`).join("");
}

function commentsIn(text: string): readonly string[] {
  return (text.match(/#[^\r\n]*/g) ?? []).map((it) => it.trimEnd());
}

function listed(
  file: ComposeFile,
  list: Extract<YamlNode, { kind: "sequence" }>,
): readonly (Variable | undefined)[] | undefined {
  if (!isPlainList(file, list)) return undefined;
  return list.items.map((item) => {
    const equals = item.kind === "scalar" ? item.value.indexOf("=") : -1;
    if (item.kind !== "scalar" || equals < 0 || item.value.includes("$")) return undefined;
    return { name: item.value.slice(0, equals), value: item.value.slice(equals + 1), ...item.span };
  });
}

function mapped(
  file: ComposeFile,
  mapping: Extract<YamlNode, { kind: "mapping" }>,
): readonly (Variable | undefined)[] | undefined {
  if (!isPlainMapping(file, mapping)) return undefined;
  return mapping.entries.map((entry) => {
    const { key, value, span } = entry;
    const text = value?.kind === "scalar" && value.type !== "null" ? textOf(value) : undefined;
    if (text === undefined || text.includes("$")) return undefined;
    return { name: key.value, value: text, start: span.start, end: endOfEntry(file, entry) };
  });
}

/** Files count in order, so this one comes last. */
function nameFile(
  file: ComposeFile,
  service: Service,
  entry: MappingEntry,
  name: string,
): readonly TextEdit[] | undefined {
  const { node } = service;
  const files = entryAt(node, "env_file");
  if (!node || node.viaAlias || node.merges.length > 0) return undefined;
  const isBlock = entry.value?.kind !== "scalar" && entry.value?.flow === false;
  const start = entry.span.start;
  const last = start + file.text.slice(start, entry.span.end).trimEnd().length;
  const end = isBlock ? endOfLine(file, last) : last;
  if (!files) return [replace({ start, end }, `env_file: ${name}`)];
  if (node.flow || ownEntries(node).length < 2 || files.key.viaAlias) return undefined;
  const added = addFile(file, service, files, name);
  const line = file.lines.startOf(file.lines.lineAt(start));
  const next = endOfLine(file, last) + lineBreakOf(file).length;
  const isWholeLine =
    /^ *$/.test(file.text.slice(line, start)) && /^\s*$/.test(file.text.slice(end, endOfLine(file, last)));
  return added && isWholeLine && next <= file.text.length
    ? [...added, remove({ start: line, end: next })]
    : undefined;
}

function addFile(
  file: ComposeFile,
  { node }: Service,
  files: MappingEntry,
  name: string,
): readonly TextEdit[] | undefined {
  const { value } = files;
  if (!node || !value || value.viaAlias || value.tag !== undefined || !isPlainValue(file, files))
    return undefined;
  if (value.kind === "sequence") return appendItem(file, node, "env_file", name);
  if (value.kind !== "scalar" || value.type === "null") return undefined;
  const written = file.text.slice(value.span.start, value.span.end);
  return /[\r\n]/.test(written) || (value.style === "plain" && /[,[\]{}$]/.test(written))
    ? undefined
    : [replace(value.span, `[${written}, ${name}]`)];
}
