import { useEffect, useMemo, useState } from "preact/hooks";
import type { HistoryHostMessage } from "../../src/shared/history-messages.ts";
import { Chart } from "./chart.tsx";
import { Detail } from "./detail.tsx";
import { host } from "./host.ts";
import { Table } from "./table.tsx";
import { type Measure, pageOf } from "./view-model.ts";

const times = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const timeText = (milliseconds: number) => times.format(milliseconds);

const measures = [
  ["disk", "On disk"],
  ["transfer", "Transfer"],
] as const;

/** Draws the last history that the host sent. */
export function HistoryPage() {
  const [sent, setSent] = useState<HistoryHostMessage>();
  const [measure, setMeasure] = useState<Measure>(() => host.kept()?.measure ?? "disk");
  // By its time, as all places move when the oldest is dropped; the newest when undefined.
  const [chosenTime, setChosenTime] = useState<number>();

  useEffect(() => {
    const stop = host.listen(setSent);
    host.tell({ kind: "ready" });
    return stop;
  }, []);
  useEffect(() => {
    if (sent !== undefined) host.keep({ measure, dockerfile: sent.dockerfile, stage: sent.history.stage });
  }, [measure, sent]);
  const page = useMemo(() => sent && pageOf(sent.history, measure, timeText), [sent, measure]);

  if (sent === undefined || page === undefined) return <p class="waiting">Reading the history…</p>;
  const { stage, points } = sent.history;
  const found = points.findIndex((it) => it.time === chosenTime);
  const chosen = found < 0 ? points.length - 1 : found;
  const choose = (at: number) => setChosenTime(at === points.length - 1 ? undefined : points[at]?.time);
  const point = page.points[chosen];
  return (
    <main>
      <header>
        <div>
          <h1>Size history</h1>
          <p class="headline">
            <code>{page.title}</code> {page.headline}
          </p>
        </div>
        <div class="choices">
          {page.stages.length > 1 && (
            <label>
              Stage{" "}
              <select
                value={stage}
                onChange={(event) => host.tell({ kind: "stage", stage: event.currentTarget.value })}
              >
                {page.stages.map(({ key, name }) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          {page.hasTransfer && (
            <fieldset>
              <legend class="for-readers">Size that the chart draws</legend>
              {measures.map(([key, name]) => (
                <button
                  type="button"
                  key={key}
                  aria-pressed={page.measure === key}
                  onClick={() => setMeasure(key)}
                >
                  {name}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      </header>
      {point !== undefined && (
        <>
          <Chart page={page} chosen={chosen} onChoose={choose} />
          <Detail
            point={point}
            onOpen={(move) => host.tell({ kind: "open", point: chosen, move })}
            onCompare={() => host.tell({ kind: "compare", point: chosen })}
          />
          <Table page={page} onOpen={(at, move) => host.tell({ kind: "open", point: at, move })} />
        </>
      )}
    </main>
  );
}
