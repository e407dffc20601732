import { useRef } from "preact/hooks";
import { stepTo } from "../steps.ts";
import type { Page, Point } from "./view-model.ts";

interface ChartProps {
  readonly page: Page;
  /** Place in the history of the point whose detail is shown. */
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
}

/** The line has one direction only, and up and down lead along it too. */
const sideways: Readonly<Record<string, string>> = { ArrowUp: "ArrowRight", ArrowDown: "ArrowLeft" };

/** The line of sizes. One stop of the Tab key; the arrow keys walk its points. */
export function Chart({ page, chosen, onChoose }: ChartProps) {
  const list = useRef<HTMLOListElement>(null);
  const drawn = page.points.filter((it) => it.y !== undefined);
  const walk = (event: KeyboardEvent) => {
    const current = drawn.findIndex((it) => it.at === chosen);
    const to = stepTo(sideways[event.key] ?? event.key, current, drawn.length, "ArrowLeft", "ArrowRight");
    const point = to === undefined ? undefined : drawn[to];
    if (to === undefined || point === undefined) return;
    event.preventDefault();
    onChoose(point.at);
    list.current?.querySelectorAll("button")[to]?.focus();
  };
  const stop = drawn.some((it) => it.at === chosen) ? chosen : drawn.at(-1)?.at;
  return (
    <section class="chart" aria-label="Sizes over builds">
      <div class="axis" aria-hidden="true">
        {page.ticks.map(({ y, text }) => (
          <span key={`${y}`} style={{ bottom: `${y * 100}%` }}>
            {text}
          </span>
        ))}
      </div>
      <div class="plot">
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
          {page.ticks.map(({ y }) => (
            <line key={`${y}`} class="grid" x1="0" x2="1000" y1={1000 - y * 1000} y2={1000 - y * 1000} />
          ))}
          {drawn.length > 1 && (
            <path class="area" d={`${pathOf(drawn)} V1000 H${(drawn[0]?.x ?? 0) * 1000} Z`} />
          )}
          {drawn.length > 1 && <path class="line" d={pathOf(drawn)} />}
        </svg>
        <ol ref={list} onKeyDown={walk} class={drawn.length > 60 ? "dense" : ""}>
          {drawn.map((point) => (
            <li key={point.key} style={{ left: `${point.x * 100}%`, bottom: `${(point.y ?? 0) * 100}%` }}>
              <button
                type="button"
                class={`point ${point.trend}`}
                aria-label={point.label}
                aria-current={point.at === chosen ? "true" : undefined}
                title={`${point.time}\n${point.total}${point.change === undefined ? "" : ` (${point.change})`}`}
                tabIndex={point.at === stop ? 0 : -1}
                onClick={() => onChoose(point.at)}
                onFocus={() => onChoose(point.at)}
              />
            </li>
          ))}
        </ol>
      </div>
      <div class="ends" aria-hidden="true">
        <span>{drawn[0]?.time}</span>
        {drawn.length > 1 && <span>{drawn.at(-1)?.time}</span>}
      </div>
    </section>
  );
}

function pathOf(points: readonly Point[]): string {
  return points
    .map(
      ({ x, y = 0 }, at) => `${at === 0 ? "M" : "L"}${(x * 1000).toFixed(1)} ${(1000 - y * 1000).toFixed(1)}`,
    )
    .join(" ");
}
