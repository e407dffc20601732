import { useEffect, useMemo, useState } from "preact/hooks";
import type { Comparison } from "../../src/sizes/comparison.ts";
import { Bars } from "./bars.tsx";
import { keep, keptChoices, listenToHost, tellHost } from "./host.ts";
import { received } from "./received.ts";
import { Table } from "./table.tsx";
import { firstChoices, type Place, pageOf } from "./view-model.ts";

const formats = [
  ["markdown", "Markdown"],
  ["csv", "CSV"],
  ["json", "JSON"],
] as const;

/** Draws the last comparison that the host sent. */
export function ComparePage() {
  const [comparison, setComparison] = useState<Comparison>();
  const [choices, setChoices] = useState(() => keptChoices() ?? firstChoices);

  useEffect(() => {
    const stop = listenToHost((message) => setComparison(received(message.comparison)));
    tellHost({ kind: "ready" });
    return stop;
  }, []);
  useEffect(() => {
    if (comparison !== undefined) keep({ choices, images: comparison.images.map((it) => it.id) });
  }, [choices, comparison]);
  const page = useMemo(() => comparison && pageOf(comparison, choices), [comparison, choices]);

  if (page === undefined) return <p class="waiting">Weighing the images…</p>;
  const open = (place: Place) => tellHost({ kind: "open-line", ...place });
  return (
    <main>
      <header>
        <div>
          <h1>Image sizes</h1>
          <p class="headline">{page.headline}</p>
        </div>
        <fieldset class="export">
          <legend class="for-readers">Export</legend>
          <span aria-hidden="true">Export</span>
          {formats.map(([format, name]) => (
            <button
              type="button"
              key={format}
              aria-label={`Export as ${name}`}
              onClick={() => tellHost({ kind: "export", format })}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </header>

      <Bars page={page} choices={choices} onChoose={setChoices} onOpen={open} />
      <Table page={page} choices={choices} onChoose={setChoices} onOpen={open} />

      {page.notes.length > 0 && (
        <footer>
          {page.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </footer>
      )}
    </main>
  );
}
