import type { HistoryRow } from "../../engine/engine.ts";
import type { ArchivedHistoryRow } from "../layers/image-archive.ts";

/** Instructions that make a layer of their own even where they change no file. */
const LAYERED: ReadonlySet<string> = new Set(["RUN", "COPY", "ADD", "WORKDIR"]);

/** The layer of each row of the history, by index; undefined for a row that made none, and as a whole where they cannot be told. */
export function layersOfRows(
  history: readonly HistoryRow[],
  config: readonly ArchivedHistoryRow[] | undefined,
  layers: number,
): readonly (number | undefined)[] | undefined {
  const guesses = [
    ...(config?.length === history.length ? [config.map((it) => !it.isEmpty)] : []),
    history.map((it) => it.size > 0 || LAYERED.has(/^[A-Z]+/.exec(it.createdBy)?.[0] ?? "")),
    history.map((it) => it.size > 0),
  ];
  const makes = guesses.find((it) => it.filter(Boolean).length === layers);
  if (!makes) return undefined;
  let next = 0;
  return makes.map((it) => (it ? next++ : undefined));
}
