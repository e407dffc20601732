import { useEffect, useState } from "preact/hooks";
import { formatBytes, formatDifference, formatExactBytes } from "../../src/shared/figures.ts";
import type { FileMap, FileWindow } from "../../src/shared/file-messages.ts";
import type { Comparison } from "../../src/sizes/comparison.ts";
import {
  above,
  crumbsOf,
  type FileChoices,
  isSameQuery,
  queryOf,
  sortedBy,
  statuses,
  statusNames,
  viewOf,
} from "./file-choices.ts";
import { FileTable } from "./file-table.tsx";
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
  const { images } = comparison;
  const labels = images.map((it) => it.label);
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
  const first = labels[0] ?? "";
  const title =
    view.of === "image"
      ? `Files of ${labels[view.image] ?? ""}`
      : `What came and went from ${first} to ${labels[view.image] ?? ""}`;

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
        <nav class="crumbs" aria-label="Directory">
          {crumbsOf(choices.directory).map(({ name, path }) => (
            <button
              type="button"
              key={path}
              aria-current={path === choices.directory ? "page" : undefined}
              onClick={() => enter(path)}
            >
              {name}
            </button>
          ))}
        </nav>
        <div class="pickers">
          {images.length > 2 && (
            <label>
              Against {first}
              <select
                value={String(choices.image)}
                onChange={(event) => choose({ image: Number(event.currentTarget.value) })}
              >
                {labels.slice(1).map((label, index) => (
                  <option key={`${index} ${label}`} value={String(index + 1)}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            Map of
            <select
              value={String(choices.map)}
              onChange={({ currentTarget: { value } }) =>
                choose({ map: value === "difference" ? value : Number(value) })
              }
            >
              <option value="difference">the difference</option>
              {labels.map((label, index) => (
                <option key={`${index} ${label}`} value={String(index)}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>

      {view.of === "difference" && (
        <ul class="legend" aria-label="Patterns of the map">
          <li>
            <span class="swatch tile grown" aria-hidden="true" />
            More in {labels[view.image]}
          </li>
          <li>
            <span class="swatch tile shrunk" aria-hidden="true" />
            Less
          </li>
          <li>
            <span class="swatch tile both" aria-hidden="true" />
            Both within
          </li>
        </ul>
      )}
      {map && (
        <Treemap
          map={map}
          title={title}
          onEnter={enter}
          onUp={up}
          onOpen={(path) => open(path, view.image, view.of === "difference")}
        />
      )}

      <div class="tools">
        <Filter text={choices.text} onText={(text) => choose({ text })} />
        <fieldset class="statuses">
          <legend class="for-readers">Only files that are</legend>
          {statuses.map((status) => (
            <button
              type="button"
              key={status}
              aria-pressed={choices.statuses.includes(status)}
              onClick={() =>
                choose({
                  statuses: choices.statuses.includes(status)
                    ? choices.statuses.filter((it) => it !== status)
                    : [...choices.statuses, status],
                })
              }
            >
              {statusNames[status]} <small>{files ? formatExactBytes(files.byStatus[status]) : ""}</small>
            </button>
          ))}
        </fieldset>
        <fieldset>
          <legend class="for-readers">What the list shows</legend>
          {(["entries", "files"] as const).map((show) => (
            <button
              type="button"
              key={show}
              aria-pressed={query.show === show}
              disabled={choices.text.trim() !== ""}
              onClick={() => choose({ show })}
            >
              {show === "entries" ? "This folder" : "All files below"}
            </button>
          ))}
        </fieldset>
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

/** What is typed is told when the reader pauses. */
function Filter({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    if (typed === text) return undefined;
    const later = setTimeout(() => onText(typed), 200);
    return () => clearTimeout(later);
  }, [typed]);
  return (
    <input
      type="search"
      value={typed}
      placeholder="Filter: part of a path, or *.so"
      aria-label="Filter files by a part of their path, or by a glob such as *.so"
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

function sumsOf({ count, sums }: FileWindow, labels: readonly string[], image: number): string {
  const rows = count === 1 ? "1 row" : `${formatExactBytes(count)} rows`;
  const each = labels.map((label, index) => `${label} ${formatBytes(sums[index] ?? 0)}`);
  const difference = formatDifference((sums[image] ?? 0) - (sums[0] ?? 0));
  return [rows, ...each, ...(labels.length > 1 ? [difference] : [])].join(" · ");
}
