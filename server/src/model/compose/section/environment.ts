import { entriesOf, isNull, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { HOLE, parseTemplate } from "../../../syntax/compose/interpolate.ts";
import { spanInside } from "../../../syntax/compose/scalar-span.ts";
import type { ScalarNode, YamlNode } from "../../../syntax/compose/tree.ts";
import { parseDotenv } from "../../../syntax/dotenv/parse.ts";
import type { EnvironmentEntry, ResolvedText } from "../project.ts";
import type { ComposeInputs } from "../reading/inputs.ts";
import { keyName, partOf, type Reading, resolvedText } from "../reading/reading.ts";

/** `NAME: value` or `- NAME=value`: `environment` of a service, `args` of a build. */
export function readVariables(node: YamlNode | undefined, reading: Reading): readonly EnvironmentEntry[] {
  const listed = itemsOf(node).flatMap((item) => {
    if (item.kind !== "scalar" || isNull(item)) return [];
    const text = resolvedText(item, reading);
    const equals = text.value.indexOf("=");
    const nameEnd = equals < 0 ? text.value.length : equals;
    const name = partOf(text, 0, nameEnd, HOLE);
    if (!name.known) return [];
    return [
      {
        name,
        value: equals < 0 ? undefined : partOf(text, equals + 1, text.value.length, HOLE),
        fallback: text.known ? undefined : fallbackOf(item, reading),
        inFile: false,
      },
    ];
  });
  const mapped = entriesOf(node).flatMap(({ key, value }) => {
    if (value && value.kind !== "scalar") return [];
    const text = value && !isNull(value) ? resolvedText(value, reading) : undefined;
    return [
      {
        name: keyName(key, reading),
        value: text,
        fallback: value && text && !text.known ? fallbackOf(value, reading) : undefined,
        inFile: false,
      },
    ];
  });
  return [...listed, ...mapped];
}

/** The default of the one variable that a value is, behind the name in a list; undefined where that has variables itself. */
function fallbackOf(scalar: ScalarNode, { text }: Reading): ResolvedText | undefined {
  const parts = parseTemplate(scalar.value);
  const [variable] = parts.slice(-1);
  const [name, ...more] = parts.slice(0, -1);
  if (more.length > 0 || (name && !(name.kind === "text" && /^\w+=$/.test(name.text)))) return undefined;
  if (variable?.kind !== "variable" || !/^:?-$/.test(variable.operator ?? "")) return undefined;
  const [only, ...others] = variable.argument;
  if (only?.kind !== "text" || others.length > 0) return undefined;
  const { start, end } = only.span;
  const spanOf = (from: number, to: number) => spanInside(text, scalar, start + from, start + to);
  return {
    value: only.text,
    known: true,
    span: spanOf(0, end - start),
    shared: scalar.viaAlias,
    spanOf,
  };
}

export interface ServiceEnvironment {
  readonly environment: readonly EnvironmentEntry[];
  readonly environmentComplete: boolean;
}

/** Variables that a service starts with: those of `env_file`, in order, and `environment` over them. */
export function readEnvironment(service: YamlNode | undefined, reading: Reading): ServiceEnvironment {
  const own = readVariables(valueAt(service, "environment"), reading);
  const files = environmentFiles(service, reading);
  const fromFiles = new Map<string, EnvironmentEntry>();
  for (const { entries } of files) for (const entry of entries ?? []) fromFiles.set(entry.name.value, entry);
  for (const { name } of own) fromFiles.delete(name.value);
  return {
    environment: [...own, ...fromFiles.values()],
    environmentComplete: files.every((it) => it.entries !== undefined),
  };
}

interface EnvironmentFile {
  /** Undefined when it cannot be read. */
  readonly entries: readonly EnvironmentEntry[] | undefined;
}

function environmentFiles(service: YamlNode | undefined, reading: Reading): readonly EnvironmentFile[] {
  const node = valueAt(service, "env_file");
  const written = node?.kind === "sequence" ? itemsOf(node) : node ? [node] : [];
  return written.map((it) => {
    const pathNode = it.kind === "mapping" ? valueAt(it, "path") : it;
    if (pathNode?.kind !== "scalar") return { entries: undefined };
    const path = resolvedText(pathNode, reading);
    const text = path.known ? reading.inputs.readFile(path.value) : undefined;
    return { entries: text === undefined ? undefined : entriesOfFile(text, path, reading) };
  });
}

interface FileVariable {
  readonly name: string;
  /** With a hole for each part that is not known. */
  readonly value: string | undefined;
  readonly valueAt: number | undefined;
}

/** Most services of a project are given the same files. */
const variablesOfFiles = new WeakMap<ComposeInputs, Map<string, readonly FileVariable[]>>();

function variablesOfFile(text: string, { inputs }: Reading): readonly FileVariable[] {
  const files = variablesOfFiles.get(inputs) ?? new Map<string, readonly FileVariable[]>();
  variablesOfFiles.set(inputs, files);
  const known = files.get(text);
  if (known) return known;
  const variables = parseDotenv(text).entries.map(({ name, value, quote, verbatimAt }) => {
    if (quote === "single" || !value?.includes("$")) return { name, value, valueAt: verbatimAt };
    const holed = value.replace(/\$\{\w+\}|\$[a-z_]\w*/gi, HOLE);
    return { name, value: holed.includes("$") ? HOLE : holed, valueAt: undefined };
  });
  files.set(text, variables);
  return variables;
}

/**
 * Entries of another file are shown at the path that names it. A value with variables is not known: they are resolved by the
 * shell and the file itself.
 */
function entriesOfFile(text: string, path: ResolvedText, reading: Reading): readonly EnvironmentEntry[] {
  return variablesOfFile(text, reading).map(({ name, value, valueAt }) => ({
    name: { value: name, span: path.span },
    value: value === undefined ? undefined : placedAt(path, value),
    inFile: true,
    file: { path: path.value, text, valueAt },
  }));
}

function placedAt(path: ResolvedText, value: string): ResolvedText {
  return {
    value,
    known: !value.includes(HOLE),
    span: path.span,
    shared: path.shared,
    spanOf: () => path.span,
  };
}
