import { useRef, useState } from "preact/hooks";
import { stepTo } from "../steps.ts";
import type { Bar, LayerKind, Page, Place, Segment, ViewChoices } from "./view-model.ts";

const kindNames: Record<LayerKind, string> = {
  base: "Base image",
  run: "RUN",
  copy: "COPY, ADD",
  other: "Other",
};

interface BarsProps {
  readonly page: Page;
  readonly choices: ViewChoices;
  readonly onChoose: (choices: ViewChoices) => void;
  readonly onOpen: (place: Place) => void;
}

/** A bar per image; its segments are the layers, oldest first. */
export function Bars({ page, choices, onChoose, onOpen }: BarsProps) {
  return (
    <section class="bars" aria-label="Layers of each image">
      <div class="above-bars">
        <ul class="legend" aria-label="Colours">
          {page.kinds.map((kind) => (
            <li key={kind}>
              <span class={`swatch ${kind}`} aria-hidden="true" />
              {kindNames[kind]}
            </li>
          ))}
        </ul>
        <fieldset class="scale">
          <legend class="for-readers">Length of the bars</legend>
          {(["shared", "own"] as const).map((scale) => (
            <button
              type="button"
              key={scale}
              aria-pressed={choices.scale === scale}
              onClick={() => onChoose({ ...choices, scale })}
            >
              {scale === "shared" ? "One scale" : "Full width each"}
            </button>
          ))}
        </fieldset>
      </div>
      {page.bars.map((bar, index) => (
        <ImageBar key={`${index} ${bar.label}`} bar={bar} onOpen={onOpen} />
      ))}
    </section>
  );
}

function ImageBar({ bar, onOpen }: { readonly bar: Bar; readonly onOpen: (place: Place) => void }) {
  // One stop of the Tab key a bar; the arrow keys walk its segments.
  const [current, setCurrent] = useState(0);
  const [shown, setShown] = useState<number>();
  const strip = useRef<HTMLUListElement>(null);
  const walk = (event: KeyboardEvent) => {
    const to = stepTo(event.key, current, bar.segments.length, "ArrowLeft", "ArrowRight");
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(to);
    strip.current?.querySelectorAll("button")[to]?.focus();
  };
  const segment = shown === undefined ? undefined : bar.segments[shown];

  return (
    <article class="image" aria-label={bar.spoken}>
      <div class="figures">
        <h2>{bar.label}</h2>
        <span class="platform">{bar.platform}</span>
        <span class="size" title={bar.unpackedExact}>
          {bar.unpacked} <small>unpacked</small>
        </span>
        {bar.compressed !== undefined && (
          <span class="compressed">
            {bar.compressed} <small>compressed</small>
          </span>
        )}
        {bar.difference !== undefined && (
          <span class={`difference ${bar.difference.trend}`}>
            {bar.difference.bytes}
            {bar.difference.percent !== undefined && ` · ${bar.difference.percent}`}
          </span>
        )}
      </div>
      <div class="track">
        <ul class="strip" ref={strip} style={{ width: `${bar.length * 100}%` }} onKeyDown={walk}>
          {bar.segments.map((it, index) => (
            <li key={`${index} ${it.instruction}`} style={{ flexGrow: it.width }}>
              <button
                type="button"
                class={`segment ${it.kind}`}
                tabIndex={index === Math.min(current, bar.segments.length - 1) ? 0 : -1}
                aria-label={it.label}
                onClick={() => it.place !== undefined && onOpen(it.place)}
                onFocus={() => {
                  setCurrent(index);
                  setShown(index);
                }}
                onBlur={() => setShown(undefined)}
                onMouseEnter={() => setShown(index)}
                onMouseLeave={() => setShown(undefined)}
              >
                {it.showsText && bar.length > 0.3 && <span>{it.instruction}</span>}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <Detail segment={segment} />
    </article>
  );
}

/** The line under a bar that tells of the segment under the pointer or the focus; its room is always kept. */
function Detail({ segment }: { readonly segment: Segment | undefined }) {
  return (
    <p class="detail" aria-hidden="true">
      {segment !== undefined && (
        <>
          <code>{segment.instruction}</code>
          <span title={segment.exact}>{segment.size}</span>
          <span>{segment.share}</span>
          <span class="where">
            {segment.kind === "base"
              ? "base image"
              : segment.place !== undefined
                ? `line ${segment.place.line}`
                : ""}
          </span>
        </>
      )}
    </p>
  );
}
