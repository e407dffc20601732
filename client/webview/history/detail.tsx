import type { Move, Point } from "./view-model.ts";

interface DetailProps {
  readonly point: Point;
  readonly onOpen: (move: number) => void;
  readonly onCompare: () => void;
}

/** What there is to say of one build, and what moved its size. */
export function Detail({ point, onOpen, onCompare }: DetailProps) {
  return (
    <section class="build" aria-label="The chosen build">
      <div class="figures">
        <h2>{point.time}</h2>
        <span class="quiet">{point.tag}</span>
        {point.commit !== undefined && (
          <span class="quiet commit" title={point.subject}>
            commit <code>{point.commit}</code> {point.subject}
          </span>
        )}
        <span class="sizes">
          <span title={point.totalExact}>
            {point.total} <small>on disk</small>
          </span>
          {point.transfer !== undefined && (
            <span class="quiet">
              {point.transfer} <small>transfer</small>
            </span>
          )}
          {point.change !== undefined && (
            <span class={`difference ${point.trend}`} title={point.changeExact}>
              {point.change}
            </span>
          )}
        </span>
      </div>
      {point.change === undefined ? (
        <p class="quiet">The first build that is known of.</p>
      ) : point.moves.length === 0 ? (
        <p class="quiet">No instruction moved the size.</p>
      ) : (
        <ul class="moves" aria-label="What moved the size, the most first">
          {point.moves.map((move, at) => (
            <li key={`${at} ${move.text}`}>
              <span class={`difference ${move.trend}`} title={move.exact}>
                {move.bytes}
              </span>
              <MoveText move={move} onOpen={() => onOpen(at)} />
              {move.note !== "" && <span class="quiet note">{move.note}</span>}
            </li>
          ))}
        </ul>
      )}
      {point.change !== undefined && (
        <button type="button" class="action" onClick={onCompare}>
          Compare with the build before
        </button>
      )}
    </section>
  );
}

/** The instruction; where it still stands in the Dockerfile, a way to it. */
export function MoveText({ move, onOpen }: { readonly move: Move; readonly onOpen: () => void }) {
  const text = move.isCode ? <code>{move.text}</code> : <span>{move.text}</span>;
  if (move.line === undefined) return <span class="what">{text}</span>;
  return (
    <button
      type="button"
      class="what opens"
      title={move.text}
      aria-label={`${move.text}, open line ${move.line}`}
      onClick={onOpen}
    >
      {text}
      <span class="quiet">line {move.line}</span>
    </button>
  );
}
