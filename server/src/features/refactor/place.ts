import type { ComposeProject, Service } from "../../model/compose/project.ts";
import type {
  ComposeFile,
  MappingEntry,
  MappingNode,
  SequenceNode,
  YamlNode,
} from "../../syntax/compose/tree.ts";
import type { Span } from "../../text/span.ts";

/** The cursor or selection in a Compose file, and the nodes that lead there. */
export interface Place {
  readonly project: ComposeProject;
  readonly file: ComposeFile;
  /** Absolute path of the folder of the file; undefined for an untitled one. */
  readonly folder: string | undefined;
  /** Empty for a cursor. */
  readonly selection: Span;
  /** From the top of the file down; what stands behind aliases is not entered. */
  readonly steps: readonly Step[];
}

export type Step = EntryStep | ItemStep;

export interface EntryStep {
  readonly kind: "entry";
  readonly owner: MappingNode;
  readonly entry: MappingEntry;
}

export interface ItemStep {
  readonly kind: "item";
  readonly owner: SequenceNode;
  readonly item: YamlNode;
}

/** A cursor anywhere on the lines of a block's entry is at that entry, in brackets only from its first character to its last. */
export function placeAt(project: ComposeProject, selection: Span, folder: string | undefined): Place {
  const { file } = project;
  const steps: Step[] = [];
  let node: YamlNode | undefined = file.root;
  while (node && !node.viaAlias) {
    const step = stepInto(file, node, selection.start);
    if (!step) break;
    steps.push(step);
    node = step.kind === "entry" ? step.entry.value : step.item;
  }
  return { project, file, folder, selection, steps };
}

function stepInto(file: ComposeFile, node: YamlNode, offset: number): Step | undefined {
  if (node.kind === "mapping") {
    const own = [...node.entries, ...node.merges];
    const entry = own.find((it) => !it.key.viaAlias && isAt(file, it.span, node.flow, offset));
    return entry && { kind: "entry", owner: node, entry };
  }
  if (node.kind !== "sequence") return undefined;
  const item = node.items.find((it) => !it.viaAlias && isAt(file, it.span, node.flow, offset));
  return item && { kind: "item", owner: node, item };
}

function isAt({ lines }: ComposeFile, { start, end }: Span, flow: boolean, offset: number): boolean {
  if (flow) return start <= offset && offset <= end;
  return lines.startOf(lines.lineAt(start)) <= offset && offset <= lines.endOf(lines.lineAt(end));
}

/** The entry at the end of this path, when the cursor is in it; `*` is any key, `[]` an item of a list. */
export function entryIn(place: Place, ...path: readonly string[]): EntryStep | undefined {
  const step = stepIn(place, path);
  return step?.kind === "entry" ? step : undefined;
}

/** As `entryIn`, for an item. */
export function itemIn(place: Place, ...path: readonly string[]): ItemStep | undefined {
  const step = stepIn(place, path);
  return step?.kind === "item" ? step : undefined;
}

function stepIn({ steps }: Place, path: readonly string[]): Step | undefined {
  const fits = path.every((part, at) => {
    const step = steps[at];
    if (step?.kind === "item") return part === "[]";
    return step !== undefined && part !== "[]" && (part === "*" || step.entry.key.value === part);
  });
  return fits ? steps[path.length - 1] : undefined;
}

/** True when the cursor is on nothing further inside: on the key itself, or between its entries. */
export function endsAt({ steps }: Place, step: Step | undefined): boolean {
  return step !== undefined && steps.at(-1) === step;
}

/** The service that the cursor is in, where it is written in this place. */
export function serviceAt(place: Place): Service | undefined {
  const step = entryIn(place, "services", "*");
  const service = step && place.project.services.get(step.entry.key.value);
  return service?.node && !service.node.viaAlias ? service : undefined;
}
