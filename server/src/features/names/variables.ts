import { entriesOf, isNull, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { parseTemplate, type TemplatePart } from "../../syntax/compose/interpolate.ts";
import type { MappingEntry, ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import type { Mention, Place } from "./name.ts";
import { keyPlace, textPlace } from "./places.ts";
import { servicesWith } from "./service-entries.ts";
import type { ComposeSource, EnvSource, NameSources } from "./sources.ts";

/**
 * Variables of the interpolation: where `.env` sets them, and where Compose files and other `.env` files take them. `inServices`: what
 * `variablesOfService` finds in the services of a file.
 */
export function variableMentions(
  { compose, env }: NameSources,
  inServices: (source: ComposeSource) => readonly Place[],
): readonly Mention[] {
  const set = new Map(env.map((it) => [it.path, new Set(it.file.entries.map(({ name }) => name))]));
  const handedOn = environmentFiles(compose);
  const scopeIn =
    (files: readonly string[], outer: readonly string[] = []) =>
    (name: string) =>
      [...outer, ...files].find((it) => set.get(it)?.has(name)) ?? files[0] ?? "";
  return [
    ...compose.flatMap((source) => {
      const scopeOf = remembered(scopeIn(source.envFiles, source.outerEnvFiles));
      return [...variablesBesideServices(source), ...inServices(source)].map(
        (place): Mention => ({
          kind: "variable",
          role: "use",
          place,
          file: source.path,
          scope: scopeOf(place.text),
        }),
      );
    }),
    ...env.flatMap((source) => {
      const from = handedOn.get(source.path);
      const outside = from?.source.envFiles ?? [];
      return usedInEnv(source, scopeIn([source.path, ...outside]), from?.service);
    }),
  ];
}

/** The files whose variables containers are given, by path, with a service that is. */
function environmentFiles(
  compose: readonly ComposeSource[],
): ReadonlyMap<string, { readonly source: ComposeSource; readonly service: string }> {
  const found = new Map<string, { readonly source: ComposeSource; readonly service: string }>();
  for (const source of compose)
    for (const { key, value } of servicesWith(source, "env_file"))
      for (const path of environmentFilesOf(source, value))
        if (!found.has(path)) found.set(path, { source, service: key.value });
  return found;
}

/** Absolute paths of `env_file` of a service, as far as they are known. */
export function environmentFilesOf(source: ComposeSource, service: YamlNode | undefined): readonly string[] {
  const node = valueAt(service, "env_file");
  const items = node?.kind === "sequence" ? itemsOf(node) : node ? [node] : [];
  return items.flatMap((it) => {
    const path = textPlace(source, it.kind === "mapping" ? valueAt(it, "path") : it)?.value;
    return path === undefined ? [] : [source.resolve(path)];
  });
}

/** Of a few names that are asked for often. */
function remembered(find: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}

/** In texts of a service, and where its container or build is given a variable by its name alone. */
export function variablesOfService(source: ComposeSource, { key, value }: MappingEntry): readonly Place[] {
  const name = key.value;
  return [
    ...variablesWritten(source.file.text, value),
    ...handedOnBy(source, valueAt(value, "environment"), `the container of \`${name}\``),
    ...handedOnBy(source, valueAt(valueAt(value, "build"), "args"), `the build of \`${name}\``),
  ];
}

function variablesBesideServices(source: ComposeSource): readonly Place[] {
  const { root, text } = source.file;
  if (!root) return [];
  const besideServices = root.entries.flatMap(({ key, value }) =>
    // What is `!reset` is no service, but a text all the same.
    key.value === "services" && value?.kind === "mapping" && !value.viaAlias
      ? [...value.entries.filter((it) => it.value?.tag === "!reset"), ...value.merges].map((it) => it.value)
      : [value],
  );
  return [
    ...[...besideServices, ...root.merges.map((it) => it.value)].flatMap((it) => variablesWritten(text, it)),
    ...["secrets", "configs"].flatMap((section) =>
      entriesOf(valueAt(root, section)).flatMap(
        // The value is the variable's name, and `.env` sets it too (compose-go, `resolveSecretsEnvironment`).
        ({ value }) => textPlace(source, valueAt(value, "environment"))?.whole ?? [],
      ),
    ),
  ];
}

function variablesWritten(text: string, node: YamlNode | undefined): readonly Place[] {
  return [...writtenScalars(node)].flatMap((it) => templateIn(text, it.span));
}

/** A name without a value, which is taken from the variables of the interpolation and seen by that name. */
function handedOnBy(source: ComposeSource, node: YamlNode | undefined, by: string): readonly Place[] {
  const names = [
    ...itemsOf(node).flatMap((it) => {
      const text = textPlace(source, it);
      return text && !text.value.includes("=") ? [text.whole] : [];
    }),
    ...entriesOf(node).flatMap((it) => (isNull(it.value) ? [keyPlace(source, it.key)] : [])),
  ];
  return names.map((it) => ({ ...it, rewrite: { refused: `${by} is given it under this name` } }));
}

/** Each text of the file once, where it is written; keys are no texts that Compose interpolates. */
function* writtenScalars(node: YamlNode | undefined): Generator<ScalarNode> {
  if (!node || node.viaAlias) return;
  if (node.kind === "scalar") yield node;
  else if (node.kind === "sequence") for (const it of node.items) yield* writtenScalars(it);
  else {
    for (const it of node.entries) yield* writtenScalars(it.value);
    for (const it of node.merges) yield* writtenScalars(it.value);
  }
}

/** Variables of a template that stands in a text as it is. */
function templateIn(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): readonly Place[] {
  const template = text.slice(start, end);
  return template.includes("$") ? variablesOf(parseTemplate(template), start) : [];
}

function variablesOf(parts: readonly TemplatePart[], at: number): readonly Place[] {
  return parts.flatMap((part): readonly Place[] => {
    if (part.kind !== "variable") return [];
    const span = { start: at + part.nameSpan.start, end: at + part.nameSpan.end };
    return [{ text: part.name, span, rewrite: "name" }, ...variablesOf(part.argument, at)];
  });
}

function usedInEnv(
  { path, file }: EnvSource,
  scopeOf: (name: string) => string,
  container: string | undefined,
): readonly Mention[] {
  const refused = `the container of \`${container}\` is given this file, and sees it under this name`;
  return file.entries.flatMap(({ name, nameSpan, value, valueSpan, quote }): readonly Mention[] => [
    {
      kind: "variable",
      // A name alone is taken from the shell.
      role: value === undefined ? "use" : "declaration",
      place: { text: name, span: nameSpan, rewrite: container === undefined ? "name" : { refused } },
      file: path,
      scope: path,
    },
    ...(quote === "single" || !valueSpan ? [] : templateIn(file.text, valueSpan)).map(
      (place): Mention => ({ kind: "variable", role: "use", place, file: path, scope: scopeOf(place.text) }),
    ),
  ]);
}
