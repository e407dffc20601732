import { useEffect } from "preact/hooks";
import { formatBytes, formatDifference, formatExactBytes } from "../../src/shared/figures.ts";
import type { FileMap, FileWindow, MapView } from "../../src/shared/file-messages.ts";
import type { Comparison } from "../../src/sizes/comparison/comparison.ts";
import { above, type FileChoices, isSameQuery, queryOf, sortedBy, viewOf } from "./file-choices.ts";
import { FileTable } from "./file-table.tsx";
import { Crumbs, Filter, Legend, Pickers, Reach, Statuses } from "./file-tools.tsx";
import { host } from "./host.ts";
import { Treemap } from "./treemap.tsx";

interface FilesProps {
  readonly comparison: Comparison;
  /** Else they were only listed. */
  readonly areRead: boolean;
  readonly choices: FileChoices;
  /** Told what the choices become, as what is typed is told later than what is clicked. */
  readonly onChoose: (change: (now: FileChoices) => FileChoices) => void;
  /** What the host told last. */
  readonly files: FileWindow | undefined;
  readonly map: FileMap | undefined;
}

/** As many rows as the host hands over before the page knows how high it is. */
const firstRows = 120;

/** The files of the images: as a treemap and as a list, both of one directory. */
export function Files({ comparison, areRead, choices, onChoose, files, map }: FilesProps) {
  const labels = comparison.images.map((it) => it.label);
  const query = queryOf(choices);
  const view = viewOf(choices);
  const asked = JSON.stringify(query);
  const viewed = JSON.stringify(view);
  // The figures may be of other images now.
  useEffect(() => host.tell({ kind: "list-files", query, start: 0, count: firstRows }), [asked, comparison]);
  useEffect(() => host.tell({ kind: "map-files", view }), [viewed, comparison]);

  const choose = (more: Partial<FileChoices>) => onChoose((now) => ({ ...now, ...more }));
  const enter = (directory: string) => choose({ directory });
  const up = () => choose({ directory: above(choices.directory) });
  const open = (path: string, image: number, beside: boolean) =>
    host.tell({ kind: "open-file", path, image, beside });

  return (
    <section class="part" aria-labelledby="files-title">
      <h2 id="files-title">Files</h2>
      {!areRead && (
        <p class="quiet">
          As a container sees them; their layers were not read yet. Until then files of one size count as the
          same, and which instruction brought a file is not known.
        </p>
      )}
      <div class="tools">
        <Crumbs choices={choices} choose={choose} />
        <Pickers choices={choices} choose={choose} labels={labels} />
      </div>

      {view.of === "difference" && <Legend label={labels[view.image]} />}
      {map && (
        <Treemap
          map={map}
          title={titleOf(view, labels)}
          onEnter={enter}
          onUp={up}
          onOpen={(path) => open(path, view.image, view.of === "difference")}
        />
      )}

      <div class="tools">
        <Filter text={choices.text} onText={(text) => choose({ text })} />
        <Statuses choices={choices} choose={choose} files={files} />
        <Reach choices={choices} choose={choose} />
        <button
          type="button"
          class="quiet"
          title="The list with its filter, as CSV"
          onClick={() => host.tell({ kind: "export-files", query })}
        >
          List as CSV
        </button>
      </div>
      {files && (
        <>
          <FileTable
            query={query}
            files={files}
            imageLabels={labels}
            onSort={(by, image) => choose({ sort: sortedBy(choices.sort, by, image) })}
            onNeed={(start, count) => host.tell({ kind: "list-files", query, start, count })}
            onOpen={(row) => (row.isDirectory ? enter(row.path) : open(row.path, choices.image, true))}
            onUp={up}
          />
          <p class="sums" role="status">
            {isSameQuery(files.query, query) && sumsOf(files, labels, choices.image)}
          </p>
        </>
      )}
    </section>
  );
}

function titleOf(view: MapView, labels: readonly string[]): string {
  const label = labels[view.image] ?? "";
  return view.of === "image" ? `Files of ${label}` : `What came and went from ${labels[0] ?? ""} to ${label}`;
}

function sumsOf({ count, sums }: FileWindow, labels: readonly string[], image: number): string {
  const rows = count === 1 ? "1 row" : `${formatExactBytes(count)} rows`;
  const each = labels.map((label, index) => `${label} ${formatBytes(sums[index] ?? 0)}`);
  const difference = formatDifference((sums[image] ?? 0) - (sums[0] ?? 0));
  return [rows, ...each, ...(labels.length > 1 ? [difference] : [])].join(" · ");
}
