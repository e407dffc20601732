import type { Place } from "./view-model.ts";
import type { Maker, WasteRow, WasteView } from "./waste-view.ts";

interface WasteProps {
  readonly waste: readonly WasteView[];
  readonly onOpenLine: (place: Place) => void;
  readonly onOpenHidden: (image: number, path: string, layer: string) => void;
}

/** What each image carries for nothing: what stored it and what hides it. */
export function Waste({ waste, onOpenLine, onOpenHidden }: WasteProps) {
  return (
    <section class="part" aria-labelledby="waste-title">
      <h2 id="waste-title">Carried for nothing</h2>
      {waste.map((it) => (
        <article key={`${it.image} ${it.label}`} class="waste" aria-label={`${it.label}: ${it.sentence}`}>
          <h3>{it.label}</h3>
          <p class="headline">{it.sentence}</p>
          {it.rows.length > 0 && (
            <div class="scrolled">
              <table>
                <caption class="for-readers">What {it.label} stores and hides again, largest first</caption>
                <thead>
                  <tr>
                    <th scope="col">Stored by</th>
                    <th scope="col">Hidden by</th>
                    <th scope="col">How</th>
                    <th scope="col" class="number">
                      Bytes
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {it.rows.map((row, index) => (
                    <Row
                      key={`${index} ${row.stored.instruction}`}
                      row={row}
                      onOpenLine={onOpenLine}
                      onOpenHidden={(path, layer) => onOpenHidden(it.image, path, layer)}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {it.duplicates.length > 0 && (
            <details>
              <summary>Same content at several places</summary>
              <ul class="places">
                {it.duplicates.map((copy) => (
                  <li key={copy.paths.join()}>
                    <span class="number">{copy.bytes}</span> <code>{copy.paths.join("  =  ")}</code>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </article>
      ))}
    </section>
  );
}

interface RowProps {
  readonly row: WasteRow;
  readonly onOpenLine: (place: Place) => void;
  readonly onOpenHidden: (path: string, layer: string) => void;
}

function Row({ row, onOpenLine, onOpenHidden }: RowProps) {
  return (
    <tr>
      <td class="maker">
        <MadeBy maker={row.stored} onOpen={onOpenLine} />
      </td>
      <td class="maker">
        <MadeBy maker={row.hidden} onOpen={onOpenLine} />
      </td>
      <td class="how">
        <details>
          <summary>
            {row.how} · {row.files}
          </summary>
          <ul class="places">
            {row.places.map((place) => {
              const { opens } = place;
              return (
                <li key={place.path}>
                  <span class="number">{place.size}</span>{" "}
                  {opens === undefined ? (
                    <code>{place.path}</code>
                  ) : (
                    <button
                      type="button"
                      class="link"
                      title="Open it as that layer stores it"
                      onClick={() => onOpenHidden(opens.path, opens.layer)}
                    >
                      <code>{place.path}</code>
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </details>
      </td>
      <td class="number" title={row.exact}>
        {row.size}
      </td>
    </tr>
  );
}

function MadeBy({ maker, onOpen }: { readonly maker: Maker; readonly onOpen: (place: Place) => void }) {
  const { place } = maker;
  return (
    <span class="instruction">
      <span class={`swatch ${maker.kind}`} aria-hidden="true" />
      {place === undefined ? (
        <code title={maker.instruction}>{maker.instruction}</code>
      ) : (
        <button
          type="button"
          class="link"
          title={`${maker.instruction}\nOpen line ${place.line}`}
          onClick={() => onOpen(place)}
        >
          <code>{maker.instruction}</code>
        </button>
      )}
    </span>
  );
}
