import { tellHost } from "./host.ts";
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
            <th scope="col">
              <span class="for-readers">What to do</span>
            </th>
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
        <th scope="row">
          <strong>{row.name}</strong>
          {row.base !== undefined && <code>{row.base}</code>}
        </th>
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
        <td class="actions">
          {!row.isCurrent && (
            <>
              <button
                type="button"
                aria-label={`Show changes for ${row.name}`}
                onClick={() => tellHost({ kind: "show-changes", name: row.name })}
              >
                Show changes
              </button>
              <button
                type="button"
                class="primary"
                disabled={isRunning}
                aria-label={`Apply ${row.name} to the Dockerfile`}
                onClick={() => tellHost({ kind: "apply", name: row.name })}
              >
                Apply
              </button>
            </>
          )}
        </td>
      </tr>
      {row.changes.length + row.checks.length > 0 && (
        <tr class="notes">
          <td colSpan={7}>
            <ul>
              {row.changes.map((it) => (
                <li key={it}>{it}</li>
              ))}
              {row.checks.map((it) => (
                <li key={it} class="check">
                  <strong>To check:</strong> {it}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </tbody>
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
