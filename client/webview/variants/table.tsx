import { host } from "./host.ts";
import type { Figure, Row, Starts } from "./view-model.ts";

/** A row a base: what its image weighs, whether it starts, and what it lacks. */
export function Table({ rows, isRunning }: { readonly rows: readonly Row[]; readonly isRunning: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: in reach of the keyboard, as it scrolls sideways when it is narrow.
    <section class="scrolled" aria-label="Bases that were tried" tabIndex={0}>
      <table>
        <caption class="for-readers">The final stage on each base</caption>
        <thead>
          <tr>
            <th scope="col">Base</th>
            <th scope="col" class="number">
              On disk
            </th>
            <th scope="col" class="number">
              Transfer
            </th>
            <th scope="col" class="number">
              Difference
            </th>
            <th scope="col">Starts</th>
            <th scope="col">Lacks</th>
          </tr>
        </thead>
        {rows.map((row) => (
          <VariantRow key={row.name} row={row} isRunning={isRunning} />
        ))}
      </table>
    </section>
  );
}

function VariantRow({ row, isRunning }: { readonly row: Row; readonly isRunning: boolean }) {
  return (
    <tbody>
      <tr>
        <th scope="row">{row.name}</th>
        <td class="number">
          <Bytes figure={row.onDisk} unknown="–" />
        </td>
        <td class="number">
          <Bytes figure={row.transfer} unknown={row.onDisk === undefined ? "–" : "not told"} />
        </td>
        <td class={`number ${row.difference?.trend ?? ""}`}>
          {row.difference?.text ?? <span class="none">–</span>}
        </td>
        <td class={`starts ${row.starts.mood}`}>
          <StartsText starts={row.starts} />
        </td>
        <td class="lacks">
          {row.lacks.length > 0 ? row.lacks.join(", ") : <span class="none">nothing that counts</span>}
        </td>
      </tr>
      <tr class="more">
        <td colSpan={6}>
          <div>
            <div>
              <code>FROM {row.base}</code>
              <Notes row={row} />
            </div>
            {!row.isCurrent && <Actions name={row.name} isRunning={isRunning} />}
          </div>
        </td>
      </tr>
    </tbody>
  );
}

function Notes({ row: { name, changes, checks, summary } }: { readonly row: Row }) {
  if (summary === undefined) return null;
  return (
    <details>
      <summary aria-label={`${name}: ${summary}`}>{summary}</summary>
      <ul>
        {checks.map((it) => (
          <li key={it} class="check">
            <strong>To check:</strong> {it}
          </li>
        ))}
        {changes.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
    </details>
  );
}

function Actions({ name, isRunning }: { readonly name: string; readonly isRunning: boolean }) {
  return (
    <div class="actions">
      <button
        type="button"
        aria-label={`Show changes for ${name}`}
        onClick={() => host.tell({ kind: "show-changes", name })}
      >
        Show changes
      </button>
      <button
        type="button"
        class="primary"
        disabled={isRunning}
        aria-label={`Apply ${name} to the Dockerfile`}
        onClick={() => host.tell({ kind: "apply", name })}
      >
        Apply
      </button>
    </div>
  );
}

function Bytes({ figure, unknown }: { readonly figure: Figure | undefined; readonly unknown: string }) {
  return figure === undefined ? (
    <span class="none">{unknown}</span>
  ) : (
    <span title={figure.exact}>{figure.text}</span>
  );
}

const marks: Record<Starts["mood"], string> = { good: "✓", bad: "✗", busy: "…", none: "" };

function StartsText({ starts }: { readonly starts: Starts }) {
  return (
    <>
      <span class="mark" aria-hidden="true">
        {marks[starts.mood]}
      </span>
      {starts.text}
      {starts.log.length > 0 && (
        <details>
          <summary>Last lines</summary>
          <pre>{starts.log.join("\n")}</pre>
        </details>
      )}
    </>
  );
}
