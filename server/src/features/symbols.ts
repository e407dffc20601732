import type { ComposeProject } from "../model/compose/project.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { MappingEntry, YamlNode } from "../syntax/compose/tree.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import { type Span, span, textOf } from "../text/span.ts";
import { baseText } from "./stage-text.ts";

export type SymbolKind = "stage" | "instruction" | "section" | "service" | "key";

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
  const text = instruction.rest.text;
  return {
    name: instruction.name,
    detail: text.length > 60 ? `${text.slice(0, 59)}…` : text,
    kind: "instruction",
    span: instruction.span,
    selection: instruction.keyword,
    children: [],
  };
}

/** The sections of a Compose file, and the services with their keys. */
export function composeSymbols({ file }: ComposeProject): DocumentSymbol[] {
  return (file.root?.entries ?? [])
    .filter((it) => !it.key.viaAlias)
    .map((section) => entrySymbol(section, "section", section.key.value === "services" ? 2 : 1, file.text));
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
    detail: detailOf(value, text),
    kind,
    span: place,
    selection: key.span,
    children: below
      .filter((it) => !it.key.viaAlias && it.span.start >= place.start && it.span.end <= place.end)
      .map((it) => entrySymbol(it, kind === "section" ? "service" : "key", depth - 1, text)),
  };
}

function detailOf(value: YamlNode | undefined, text: string): string {
  if (value?.kind === "scalar") return textOf(text, value.span).split("\n", 1)[0] ?? "";
  if (value?.kind !== "mapping") return "";
  const image = value.entries.find((it) => it.key.value === "image")?.value;
  const build = value.entries.find((it) => it.key.value === "build")?.value;
  if (build?.kind === "scalar") return `build ${build.value}`;
  if (build) return "build";
  return image?.kind === "scalar" ? image.value : "";
}
