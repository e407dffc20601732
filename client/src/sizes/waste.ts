import type { Layer } from "./layers/layer.ts";
import { type Hidden, type Stack, stackLayers } from "./stack.ts";

/** Bytes that one layer stores and another one hides, so that the image carries them for nothing. */
export interface Waste {
  readonly storedBy: number;
  readonly hiddenBy: number;
  readonly how: Hidden["how"];
  readonly bytes: number;
  readonly files: number;
  /** Largest first: a file, or a directory that was deleted or replaced as a whole with what it held of this. */
  readonly places: readonly WastePlace[];
}

export interface WastePlace {
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
}

/** The same content at several places of the final file system. */
export interface Duplicate {
  readonly hash: string;
  /** Bytes of one of them. */
  readonly size: number;
  readonly places: readonly { readonly path: string; readonly layer: number }[];
  /** What all but one of them take. */
  readonly bytes: number;
}

/** What an image weighs and why. All figures are bytes unpacked. */
export interface Weight {
  /** By layer, oldest first. */
  readonly layers: readonly LayerWeight[];
  /** All layers together: what is on disk. */
  readonly total: number;
  /** Of files that a container sees. `total` is this and all waste. */
  readonly visible: number;
  /** Largest first. */
  readonly waste: readonly Waste[];
  /** Largest first; empty where contents were not hashed. */
  readonly duplicates: readonly Duplicate[];
}

export interface LayerWeight {
  readonly diffId: string;
  readonly size: number;
  readonly files: number;
  /** Of its bytes, those that the image shows in the end. */
  readonly visible: number;
  /** What it hides of older layers, by how. */
  readonly hides: Readonly<Record<Hidden["how"], HiddenSum>>;
}

export interface HiddenSum {
  readonly bytes: number;
  readonly files: number;
}

/** What each layer stores, hides and shows. Bytes; `stack` may be handed in where it is there already. */
export function weigh(layers: readonly Layer[], stack: Stack = stackLayers(layers)): Weight {
  const { hidden } = stack;
  const lost = layers.map(() => 0);
  const hides = layers.map(noneHidden);
  for (const { storedBy, hiddenBy, how, entry } of hidden) {
    lost[storedBy] = (lost[storedBy] ?? 0) + entry.size;
    const sum = hides[hiddenBy]?.[how];
    if (!sum) continue;
    sum.bytes += entry.size;
    sum.files++;
  }
  const total = layers.reduce((sum, it) => sum + it.size, 0);
  const wasted = hidden.reduce((sum, it) => sum + it.entry.size, 0);
  return {
    layers: layers.map(({ diffId, size, entries }, index) => ({
      diffId,
      size,
      files: entries.filter((it) => it.kind === "file").length,
      visible: size - (lost[index] ?? 0),
      hides: hides[index] ?? noneHidden(),
    })),
    total,
    visible: total - wasted,
    waste: grouped(hidden),
    duplicates: duplicatesIn(stack),
  };
}

function noneHidden() {
  const none = () => ({ bytes: 0, files: 0 });
  return { rewritten: none(), overwritten: none(), deleted: none() };
}

function grouped(hidden: readonly Hidden[]): Waste[] {
  const groups = new Map<string, Hidden[]>();
  for (const it of hidden) append(groups, `${it.storedBy} ${it.hiddenBy} ${it.how}`, it);
  const waste = [...groups.values()].flatMap((all): Waste[] => {
    const [first] = all;
    if (!first) return [];
    const { storedBy, hiddenBy, how } = first;
    return [{ storedBy, hiddenBy, how, bytes: sumOf(all), files: all.length, places: placesOf(all) }];
  });
  return waste.sort((a, b) => b.bytes - a.bytes || a.storedBy - b.storedBy || a.hiddenBy - b.hiddenBy);
}

function placesOf(hidden: readonly Hidden[]): WastePlace[] {
  const places = new Map<string, Hidden[]>();
  for (const it of hidden) append(places, it.with, it);
  return [...places]
    .map(([path, all]) => ({ path, bytes: sumOf(all), files: all.length }))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
}

function duplicatesIn({ visible }: Stack): Duplicate[] {
  const byContent = new Map<
    string,
    { readonly size: number; readonly hash: string; places: Duplicate["places"][number][] }
  >();
  for (const [path, { entry, layer }] of visible) {
    if (entry.kind !== "file" || entry.hash === undefined || entry.size === 0) continue;
    const key = `${entry.hash} ${entry.size}`;
    const group = byContent.get(key) ?? { size: entry.size, hash: entry.hash, places: [] };
    byContent.set(key, group);
    group.places.push({ path, layer });
  }
  return [...byContent.values()]
    .filter(({ places }) => places.length > 1)
    .map(({ size, hash, places }) => ({
      hash,
      size,
      places: places.sort((a, b) => a.layer - b.layer || (a.path < b.path ? -1 : 1)),
      bytes: size * (places.length - 1),
    }))
    .sort((a, b) => b.bytes - a.bytes || (a.hash < b.hash ? -1 : 1));
}

function sumOf(hidden: readonly Hidden[]): number {
  return hidden.reduce((sum, it) => sum + it.entry.size, 0);
}

function append<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const list = groups.get(key);
  if (list) list.push(item);
  else groups.set(key, [item]);
}
