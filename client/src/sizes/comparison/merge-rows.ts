import type { ComparisonRow, WeighedLayer } from "./comparison.ts";

interface Row {
  readonly key: string;
  readonly layer: WeighedLayer;
  readonly sizes: readonly (number | undefined)[];
}

/**
 * One table of the layers of several images: bases first, then every image's instructions in its own order. As many as possible of an
 * image's instructions share a row with those of the images before it; a row is shared by the same text only.
 */
export function mergeRows(images: readonly (readonly WeighedLayer[])[]): readonly ComparisonRow[] {
  const rows = images.reduce<readonly Row[]>((merged, layers, column) => {
    const added = keyed(layers).map(({ key, layer }) => ({
      key,
      layer,
      sizes: only(layer.size, column, images.length),
    }));
    return merge(merged, added);
  }, []);
  const isBase = (row: Row) => row.layer.fromBase;
  return [...rows.filter(isBase), ...rows.filter((row) => !isBase(row))].map(({ layer, sizes }) => ({
    instruction: layer.instruction,
    keyword: layer.keyword,
    sizes,
  }));
}

/** Two `COPY . .` of one image are two rows. */
function keyed(layers: readonly WeighedLayer[]): readonly { key: string; layer: WeighedLayer }[] {
  const seen = new Map<string, number>();
  return layers.map((layer) => {
    const count = (seen.get(layer.instruction) ?? 0) + 1;
    seen.set(layer.instruction, count);
    return { key: `${layer.instruction}\n${count}`, layer };
  });
}

function only(size: number, column: number, columns: number): readonly (number | undefined)[] {
  return Array.from({ length: columns }, (_, index) => (index === column ? size : undefined));
}

/** Both lists in their order, what is common (as the longest common subsequence) once. */
function merge(merged: readonly Row[], added: readonly Row[]): readonly Row[] {
  const common = commonLengths(merged, added);
  const rows: Row[] = [];
  let [m, a] = [0, 0];
  for (;;) {
    const [old, fresh] = [merged[m], added[a]];
    if (!old && !fresh) return rows;
    if (old && fresh && old.key === fresh.key) {
      rows.push({ ...old, sizes: old.sizes.map((size, column) => size ?? fresh.sizes[column]) });
      m++;
      a++;
    } else if (old && (!fresh || (common[m + 1]?.[a] ?? 0) >= (common[m]?.[a + 1] ?? 0))) {
      rows.push(old);
      m++;
    } else if (fresh) {
      rows.push(fresh);
      a++;
    }
  }
}

/** At `[m][a]` the length of the longest common subsequence of what begins there. */
function commonLengths(merged: readonly Row[], added: readonly Row[]): readonly (readonly number[])[] {
  const table: number[][] = Array.from({ length: merged.length + 1 }, () =>
    new Array<number>(added.length + 1).fill(0),
  );
  for (let m = merged.length - 1; m >= 0; m--)
    for (let a = added.length - 1; a >= 0; a--) {
      const line = table[m] ?? [];
      line[a] =
        merged[m]?.key === added[a]?.key
          ? 1 + (table[m + 1]?.[a + 1] ?? 0)
          : Math.max(table[m + 1]?.[a] ?? 0, line[a + 1] ?? 0);
    }
  return table;
}
