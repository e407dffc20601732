import { textWithoutSecrets } from "../../../client/src/shared/secrets.ts";
import type { ComposeProject } from "../model/compose/project.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { itemsOf, scalarAt, valueAt } from "../syntax/compose/find.ts";
import type { MappingEntry, YamlNode } from "../syntax/compose/tree.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import { type Span, span, textOf } from "../text/span.ts";
import { valueIn } from "../text/value-in.ts";
import { shownValue } from "./knowledge/shown-value.ts";
import { baseText } from "./stage-text.ts";

export type SymbolKind =
  | "stage"
  | "instruction"
  | "section"
  | "service"
  | "network"
  | "volume"
  | "secret"
  | "config"
  | "model"
  | "include"
  | "key";

/** An entry of the outline. */
export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  /** Inside `span`: what is marked when the entry is chosen. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** What stands before the first FROM, then a stage with its instructions each. */
export function dockerfileSymbols(model: DockerfileModel): DocumentSymbol[] {
  const first = model.stages[0]?.from.keyword.start ?? Number.POSITIVE_INFINITY;
  const before = model.file.instructions.filter((it) => it.keyword.start < first).map(instructionSymbol);
  const stages = model.stages.map((stage): DocumentSymbol => {
    const last = stage.instructions.at(-1) ?? stage.from;
    return {
      name: stage.name ?? `stage ${stage.index}`,
      detail: `FROM ${baseText(stage)}`,
      kind: "stage",
      span: span(stage.from.span.start, last.span.end),
      selection: stage.nameWord?.span ?? stage.from.keyword,
      children: stage.instructions.map(instructionSymbol),
    };
  });
  return [...before, ...stages];
}

function instructionSymbol(instruction: Instruction): DocumentSymbol {
  const text = textWithoutSecrets(instruction.rest.text);
  return {
    name: instruction.name,
    detail: text.length > 60 ? `${text.slice(0, 59)}…` : text,
    kind: "instruction",
    span: instruction.span,
    selection: instruction.keyword,
    children: [],
  };
}

/** The sections of a Compose file with what each declares, and the services with their keys where those are wanted. */
export function composeSymbols(
  { file }: Pick<ComposeProject, "file">,
  { keys }: { readonly keys: boolean } = { keys: true },
): DocumentSymbol[] {
  return (file.root?.entries ?? [])
    .filter((it) => !it.key.viaAlias)
    .map((section) => {
      const symbol = entrySymbol(
        section,
        "section",
        keys && section.key.value === "services" ? 2 : 1,
        file.text,
      );
      return section.key.value === "include"
        ? { ...symbol, children: includedSymbols(section.value, file.text) }
        : symbol;
    });
}

const sections: Readonly<Record<string, SymbolKind>> = {
  services: "service",
  networks: "network",
  volumes: "volume",
  secrets: "secret",
  configs: "config",
  models: "model",
};

/** `- path`, or `- path: path`: the files. */
function includedSymbols(list: YamlNode | undefined, text: string): DocumentSymbol[] {
  return itemsOf(list).flatMap((item) => {
    const path = item.kind === "mapping" ? valueAt(item, "path") : item;
    const [first, ...others] = path?.kind === "sequence" ? itemsOf(path) : path ? [path] : [];
    if (first?.kind !== "scalar" || item.viaAlias || first.viaAlias) return [];
    const detail = others.map((it) => textOf(text, it.span)).join(", ");
    return [
      {
        name: first.value || "(no name)",
        detail,
        kind: "include",
        span: item.span,
        selection: first.span,
        children: [],
      },
    ];
  });
}

function entrySymbol(
  { key, value, span: place }: MappingEntry,
  kind: SymbolKind,
  depth: number,
  text: string,
): DocumentSymbol {
  const below = value?.kind === "mapping" && !value.viaAlias && depth > 0 ? value.entries : [];
  return {
    name: key.value === "" ? "(no name)" : key.value,
    detail:
      kind === "service" || kind === "section" || kind === "key"
        ? shownValue(key.value, detailOf(value, text))
        : resourceDetail(value, text),
    kind,
    span: place,
    selection: key.span,
    children: below
      .filter((it) => !it.key.viaAlias && it.span.start >= place.start && it.span.end <= place.end)
      .map((it) =>
        entrySymbol(
          it,
          kind === "section" ? (valueIn(sections, key.value) ?? "key") : "key",
          depth - 1,
          text,
        ),
      ),
  };
}

/** What is made elsewhere and under which name, else where a secret comes from or what drives a network. */
function resourceDetail(value: YamlNode | undefined, text: string): string {
  if (value?.kind !== "mapping") return "";
  const own = (name: string) => scalarAt(value, name)?.value;
  const external = valueAt(value, "external");
  const name = own("name") ?? scalarAt(external, "name")?.value;
  const isExternal = external?.kind === "mapping" || own("external") === "true";
  if (isExternal) return name === undefined ? "external" : `external ${name}`;
  for (const [key, title] of SOURCES) {
    const written = scalarAt(value, key);
    if (written) return `${title}${textOf(text, written.span).split("\n", 1)[0] ?? ""}`;
  }
  return valueAt(value, "content") ? "content" : (name ?? "");
}

const SOURCES = [
  ["file", ""],
  ["environment", "environment "],
  ["model", ""],
  ["driver", "driver "],
] as const;

function detailOf(value: YamlNode | undefined, text: string): string {
  if (value?.kind === "scalar") return textOf(text, value.span).split("\n", 1)[0] ?? "";
  if (value?.kind !== "mapping") return "";
  const image = value.entries.find((it) => it.key.value === "image")?.value;
  const build = value.entries.find((it) => it.key.value === "build")?.value;
  if (build?.kind === "scalar") return `build ${build.value}`;
  if (build) return "build";
  return image?.kind === "scalar" ? image.value : "";
}
