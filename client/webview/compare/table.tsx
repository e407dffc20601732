import type { Cell, Page, Place, Row, Sort, ViewChoices } from "./view-model.ts";

interface TableProps {
  readonly page: Page;
  readonly choices: ViewChoices;
  readonly onChoose: (choices: ViewChoices) => void;
  readonly onOpen: (place: Place) => void;
}

/** The same figures in rows: an instruction each, with what it costs in every image and how that differs from the first. */
export function Table({ page, choices, onChoose, onOpen }: TableProps) {
  const sortBy = (sort: Sort) => onChoose({ ...choices, sort });
  const { sort } = choices;
  return (
    <div>
      {/* In reach of the keyboard, as it scrolls sideways when there are many images. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above. */}
      <section class="scrolled instructions" aria-label="Table of instructions" tabIndex={0}>
        <table>
          <caption>
            Unpacked bytes of each instruction
            {page.imageLabels.length > 1 && `; differences are against ${page.imageLabels[0]}`}
          </caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2} aria-sort={sort.by === "instruction" ? "other" : "none"}>
                <button type="button" onClick={() => sortBy({ by: "instruction" })}>
                  Instruction
                </button>
              </th>
              {page.imageLabels.map((label, image) => (
                <th
                  key={`${image} ${label}`}
                  scope="colgroup"
                  colSpan={image === 0 ? 1 : 2}
                  class="image-name"
                >
                  {label}
                </th>
              ))}
            </tr>
            <tr>
              {page.imageLabels.map((label, image) => [
                <SortedHead
                  key={`size ${image} ${label}`}
                  name="Size"
                  sort={{ by: "size", image }}
                  now={sort}
                  onSort={sortBy}
                />,
                image > 0 && (
                  <SortedHead
                    key={`difference ${image} ${label}`}
                    name="Difference"
                    sort={{ by: "difference", image }}
                    now={sort}
                    onSort={sortBy}
                  />
                ),
              ])}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <InstructionRow key={row.key} row={row} onOpen={onOpen} />
            ))}
          </tbody>
          <tfoot>
            <TotalRow name="Unpacked, on disk" strong cells={page.unpackedTotals} unknown="not told" />
            <TotalRow name="Compressed, as transferred" cells={page.compressedTotals} unknown="not told" />
          </tfoot>
        </table>
      </section>
      {page.emptyRows > 0 && (
        <button
          type="button"
          class="quiet"
          aria-pressed={choices.showEmpty}
          onClick={() => onChoose({ ...choices, showEmpty: !choices.showEmpty })}
        >
          {choices.showEmpty ? "Hide" : "Show"} {page.emptyRows} instructions without bytes
        </button>
      )}
    </div>
  );
}

interface SortedHeadProps {
  readonly name: string;
  readonly sort: Extract<Sort, { image: number }>;
  readonly now: Sort;
  readonly onSort: (sort: Sort) => void;
}

function SortedHead({ name, sort, now, onSort }: SortedHeadProps) {
  const active = now.by === sort.by && now.image === sort.image;
  return (
    <th scope="col" class="number" aria-sort={active ? "descending" : "none"}>
      <button
        type="button"
        title={active ? "Back to the order of the Dockerfile" : "Largest first"}
        onClick={() => onSort(active ? { by: "instruction" } : sort)}
      >
        {name}
        <span class="arrow" aria-hidden="true">
          {active ? "↓" : ""}
        </span>
      </button>
    </th>
  );
}

function InstructionRow({ row, onOpen }: { readonly row: Row; readonly onOpen: (place: Place) => void }) {
  const { place } = row;
  return (
    // The whole row is a target for the mouse; the keyboard and screen readers have the button in it.
    <tr class={place === undefined ? "" : "opens"} onClick={() => place !== undefined && onOpen(place)}>
      <th scope="row">
        <div class="instruction">
          <span class={`swatch ${row.kind}`} aria-hidden="true" />
          {place === undefined ? (
            <code title={row.instruction}>{row.instruction}</code>
          ) : (
            <button
              type="button"
              title={`${row.instruction}\nOpen line ${place.line}`}
              onClick={(event) => {
                event.stopPropagation();
                onOpen(place);
              }}
            >
              <code>{row.instruction}</code>
            </button>
          )}
        </div>
      </th>
      <Cells cells={row.cells} unknown="–" />
    </tr>
  );
}

function TotalRow({
  name,
  cells,
  unknown,
  strong = false,
}: {
  readonly name: string;
  readonly strong?: boolean;
  readonly cells: readonly Cell[];
  readonly unknown: string;
}) {
  return (
    <tr class={strong ? "total" : ""}>
      <th scope="row">{name}</th>
      <Cells cells={cells} unknown={unknown} />
    </tr>
  );
}

function Cells({ cells, unknown }: { readonly cells: readonly Cell[]; readonly unknown: string }) {
  return (
    <>
      {cells.map((cell, image) => [
        <td key={`size ${image}`} class="number" title={cell.exact}>
          {cell.size ?? <span class="none">{unknown}</span>}
        </td>,
        image > 0 && (
          <td key={`difference ${image}`} class={`number change ${cell.trend}`} title={cell.differenceExact}>
            {cell.difference ?? <span class="none">–</span>}
          </td>
        ),
      ])}
    </>
  );
}
