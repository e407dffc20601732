import { useEffect, useMemo, useState } from "preact/hooks";
import type { VariantsHostMessage } from "../../src/shared/variants-messages.ts";
import { host } from "./host.ts";
import { Table } from "./table.tsx";
import { pageOf } from "./view-model.ts";

/** Draws the last state of the trial that the host sent. */
export function VariantsPage() {
  const [told, setTold] = useState<VariantsHostMessage>();
  useEffect(() => {
    const stop = host.listen(setTold);
    host.tell({ kind: "ready" });
    return stop;
  }, []);
  useEffect(() => {
    if (told !== undefined) host.keep({ dockerfile: told.trial.dockerfile, made: told.made });
  }, [told]);
  const page = useMemo(() => told && pageOf(told.trial, told.made), [told]);
  if (page === undefined) return <p class="waiting">Looking for other bases…</p>;
  return (
    <main>
      <header>
        <div>
          <h1>Other bases</h1>
          <p class="headline" role="status">
            {page.headline}
          </p>
        </div>
        <fieldset>
          <legend class="for-readers">All of them</legend>
          {page.isRunning ? (
            <button type="button" onClick={() => host.tell({ kind: "cancel" })}>
              Cancel
            </button>
          ) : (
            <button type="button" onClick={() => host.tell({ kind: "again" })}>
              Try again
            </button>
          )}
          <button type="button" disabled={!page.canCompare} onClick={() => host.tell({ kind: "compare" })}>
            Compare sizes
          </button>
          {page.canMeasure && (
            <button type="button" onClick={() => host.tell({ kind: "measure-transfer" })}>
              Measure transfer
            </button>
          )}
          <button type="button" disabled={!page.canRemove} onClick={() => host.tell({ kind: "remove" })}>
            Remove the images tried
          </button>
        </fieldset>
      </header>
      {page.rows.length > 0 && <Table rows={page.rows} isRunning={page.isRunning} />}
      {page.refused.length > 0 && (
        <section aria-labelledby="refused">
          <h2 id="refused">Not tried</h2>
          <dl class="refused">
            {page.refused.map((it) => (
              <div key={it.base}>
                <dt>
                  <code>{it.base}</code>
                </dt>
                <dd>{it.reason}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </main>
  );
}
