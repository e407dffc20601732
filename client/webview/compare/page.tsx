import { useEffect, useMemo, useState } from "preact/hooks";
import type { CompareHostMessage, KnownFiles, Reading } from "../../src/shared/compare-messages.ts";
import type { FileMap, FileWindow } from "../../src/shared/file-messages.ts";
import type { Comparison } from "../../src/sizes/comparison/comparison.ts";
import { Bars } from "./bars.tsx";
import { firstFileChoices, fittingChoices } from "./file-choices.ts";
import { Files } from "./files.tsx";
import { host } from "./host.ts";
import { pictureOf } from "./picture.ts";
import { ReadingBar } from "./reading-bar.tsx";
import { received } from "./received.ts";
import { Table } from "./table.tsx";
import { firstChoices, type Place, pageOf } from "./view-model.ts";
import { Waste } from "./waste.tsx";
import { wasteOf } from "./waste-view.ts";

const formats = [
  ["markdown", "Markdown"],
  ["csv", "CSV"],
  ["json", "JSON"],
] as const;

/** The last message of each kind that the host sent. */
interface Told {
  readonly comparison?: Comparison;
  readonly known?: KnownFiles;
  readonly reading?: Reading;
  readonly files?: FileWindow;
  readonly map?: FileMap;
}

/** Draws the last comparison that the host sent. */
export function ComparePage() {
  const [told, setTold] = useState<Told>({});
  const [choices, setChoices] = useState(() => host.kept()?.choices ?? firstChoices);
  const [chosenFiles, setFileChoices] = useState(() => host.kept()?.files ?? firstFileChoices);
  const { comparison, known, reading, files, map } = told;

  useEffect(() => {
    const stop = host.listen((message) => setTold((now) => ({ ...now, ...heard(message) })));
    host.tell({ kind: "ready" });
    return stop;
  }, []);
  useEffect(() => {
    if (comparison !== undefined)
      host.keep({
        ...{ choices, files: chosenFiles },
        images: comparison.images.map((it) => it.id),
        labels: comparison.images.map((it) => it.label),
      });
  }, [choices, chosenFiles, comparison]);
  const page = useMemo(() => comparison && pageOf(comparison, choices), [comparison, choices]);
  const waste = useMemo(() => comparison && wasteOf(comparison), [comparison]);

  if (page === undefined || comparison === undefined) return <p class="waiting">Weighing the images…</p>;
  const open = (place: Place) => host.tell({ kind: "open-line", ...place });
  return (
    <main>
      <header>
        <div class="pictured">
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
              onClick={() => host.tell({ kind: "export", format })}
            >
              {name}
            </button>
          ))}
          <button type="button" aria-label="Export as PNG" onClick={exportPicture}>
            PNG
          </button>
        </fieldset>
      </header>

      <Bars page={page} choices={choices} onChoose={setChoices} onOpen={open} />
      <ReadingBar reading={reading} />
      <Table page={page} choices={choices} onChoose={setChoices} onOpen={open} />
      {page.canMeasureTransfer && reading?.is !== "reading" && (
        <button type="button" class="quiet" onClick={() => host.tell({ kind: "measure-transfer" })}>
          Measure what a pull transfers
        </button>
      )}
      {waste !== undefined && waste.length > 0 && (
        <Waste
          waste={waste}
          onOpenLine={open}
          onOpenHidden={(image, path, layer) => host.tell({ kind: "open-hidden", image, path, layer })}
        />
      )}
      {(known === "read" || known === "listed") && (
        <Files
          comparison={comparison}
          areRead={known === "read"}
          choices={fittingChoices(chosenFiles, comparison.images.length)}
          onChoose={setFileChoices}
          files={files}
          map={map}
        />
      )}

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

function heard(message: CompareHostMessage): Told {
  switch (message.kind) {
    case "comparison":
      return { comparison: received(message.comparison), known: message.files };
    case "reading":
      return { reading: message.reading };
    case "files":
      return { files: message.window };
    case "map":
      return { map: message.map };
  }
}

/** What one shows to others: the finding, the bars, the instructions, and the map of files. */
function exportPicture(): void {
  const parts = document.querySelectorAll<HTMLElement>(".pictured, .bars, .instructions table, .treemap");
  const url = pictureOf([...parts]);
  if (url !== undefined) host.tell({ kind: "export-picture", url });
}
