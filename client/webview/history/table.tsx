import { MoveText } from "./detail.tsx";
import type { Page } from "./view-model.ts";

interface TableProps {
  readonly page: Page;
  readonly onOpen: (point: number, move: number) => void;
}

/** The same as the chart in figures, newest first. */
export function Table({ page, onOpen }: TableProps) {
  return (
    <div class="scrolled">
      <table>
        <caption>Builds, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Build</th>
            <th scope="col">Commit</th>
            <th scope="col" class="number">
              On disk
            </th>
            {page.hasTransfer && (
              <th scope="col" class="number">
                Transfer
              </th>
            )}
            <th scope="col" class="number">
              Change
            </th>
            <th scope="col">Moved most by</th>
          </tr>
        </thead>
        <tbody>
          {page.points.toReversed().map((point) => (
            <tr key={point.key}>
              <th scope="row">{point.time}</th>
              <td title={point.subject}>
                {point.commit === undefined ? <None /> : <code>{point.commit}</code>}
              </td>
              <td class="number" title={point.totalExact}>
                {point.total}
              </td>
              {page.hasTransfer && <td class="number">{point.transfer ?? <None />}</td>}
              <td class={`number ${point.trend}`} title={point.changeExact}>
                {point.change ?? <None />}
              </td>
              <td class="mover">
                {point.moves[0] === undefined ? (
                  <None />
                ) : (
                  <MoveText move={point.moves[0]} onOpen={() => onOpen(point.at, 0)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">On disk: all layers unpacked.{page.hasTransfer && " Transfer: what a pull moves."}</p>
    </div>
  );
}

function None() {
  return <span class="quiet">–</span>;
}
