import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FileQuery, FileRow, FileSort, FileWindow } from "../../src/shared/file-messages.ts";
import { stepTo } from "../steps.ts";
import { FileHead } from "./file-head.tsx";
import { FileLine } from "./file-line.tsx";

interface FileTableProps {
  /** What is asked for; `files` may still answer an older question. */
  readonly query: FileQuery;
  readonly files: FileWindow;
  readonly imageLabels: readonly string[];
  readonly onSort: (by: FileSort["by"], image: number) => void;
  readonly onNeed: (start: number, count: number) => void;
  readonly onOpen: (row: FileRow) => void;
  readonly onUp: () => void;
}

/** The same in the style sheet. */
const rowHeight = 26;
const around = 60;

/** All files that are asked for, of which only those in sight are in the page. */
export function FileTable({ query, files, imageLabels, onSort, onNeed, onOpen, onUp }: FileTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [current, setCurrent] = useState(0);
  const [inSight, setInSight] = useState(16);
  const asked = JSON.stringify(query);

  // Another question begins at its first row.
  useEffect(() => {
    setCurrent(0);
    scroller.current?.scrollTo({ top: 0 });
  }, [asked]);
  useLayoutEffect(() => {
    const high = scroller.current?.clientHeight ?? 0;
    if (high > 0) setInSight(Math.ceil(high / rowHeight));
  }, [files.count]);

  const first = Math.max(0, Math.floor(top / rowHeight) - 8);
  const end = Math.min(files.count, first + inSight + 16);
  const isCovered = first >= files.start && end <= files.start + files.rows.length;
  useEffect(() => {
    if (!isCovered) onNeed(Math.max(0, first - around), end - first + 2 * around);
  }, [isCovered, first, end]);

  const rowAt = (index: number) => files.rows[index - files.start];
  const show = (index: number) => {
    const box = scroller.current;
    setCurrent(index);
    if (!box) return;
    const head = box.querySelector("thead")?.clientHeight ?? 0;
    const [from, to] = [index * rowHeight, (index + 1) * rowHeight + head];
    if (from < box.scrollTop) box.scrollTop = from;
    else if (to > box.scrollTop + box.clientHeight) box.scrollTop = to - box.clientHeight;
  };
  const press = (event: KeyboardEvent) => {
    // Buttons in the head have keys of their own.
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") {
      const row = rowAt(current);
      if (row) onOpen(row);
    } else if (event.key === "Backspace") onUp();
    else {
      const to = stepTo(event.key, current, files.count, "ArrowUp", "ArrowDown", Math.max(2, inSight - 2));
      if (to === undefined) return;
      show(to);
    }
    event.preventDefault();
  };
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const comparesOthers = imageLabels.length > 1;

  return (
    <div class="files" ref={scroller} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <table
        // One walks in it, row by row; the rows that are out of sight are not in the page.
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: see above.
        role="grid"
        tabIndex={0}
        aria-label="Files. Arrow keys walk, Enter opens, Backspace leads up."
        aria-rowcount={files.count + 1}
        aria-activedescendant={files.count > 0 ? `file-${current}` : undefined}
        onKeyDown={press}
        style={{ minWidth: `${22 + 6.5 * imageLabels.length + (comparesOthers ? 15 : 0)}rem` }}
      >
        <FileHead query={query} imageLabels={imageLabels} onSort={onSort} />
        <tbody>
          <tr class="room" style={{ height: `${first * rowHeight}px` }} />
          {indexes.map((index) => (
            <FileLine
              key={index}
              index={index}
              row={rowAt(index)}
              isCurrent={index === current}
              comparesOthers={comparesOthers}
              columns={imageLabels.length + (comparesOthers ? 4 : 2)}
              onOpen={(row) => {
                setCurrent(index);
                onOpen(row);
              }}
            />
          ))}
          <tr class="room" style={{ height: `${Math.max(0, files.count - end) * rowHeight}px` }} />
        </tbody>
      </table>
      {files.count === 0 && <p class="nothing">No file is like that here.</p>}
    </div>
  );
}
