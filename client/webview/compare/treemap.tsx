import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatBytes, formatDifference, formatPercent } from "../../src/shared/figures.ts";
import type { FileMap, MapNode } from "../../src/shared/file-messages.ts";
import { nextTile, type Tile, tilesOf } from "./treemap-layout.ts";

interface TreemapProps {
  readonly map: FileMap;
  /** What it is a map of, for a screen reader. */
  readonly title: string;
  readonly onEnter: (directory: string) => void;
  readonly onUp: () => void;
  readonly onOpen: (path: string) => void;
}

const height = 384;

/** Rectangles as large as the bytes that they stand for: those of an image, or those that came and went. */
export function Treemap({ map, title, onEnter, onUp, onOpen }: TreemapProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const tiles = useMemo(() => tilesOf(map, width, height), [map, width]);
  const [chosen, setCurrent] = useState(0);
  const [pointed, setPointed] = useState<number>();
  const { directory, of, image } = map.view;
  const shown = useRef(directory);
  const isLeft = useRef(false);
  const tileAt = (index: number) => box.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[index];
  useEffect(() => {
    // Who leads up comes back to the folder that was left.
    const before = tiles.findIndex(({ node }) => node.path === shown.current);
    const to = Math.max(before, 0);
    setCurrent(to);
    // The tile that had the focus is gone with what was shown.
    if (isLeft.current) (tileAt(to) ?? box.current)?.focus();
    isLeft.current = false;
    shown.current = directory;
  }, [directory, of, image]);
  const current = Math.min(chosen, Math.max(tiles.length - 1, 0));

  const open = ({ node }: Tile) => {
    if (node.path === undefined) return;
    if (node.isDirectory) {
      isLeft.current = true;
      onEnter(node.path);
    } else onOpen(node.path);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Backspace" || event.key === "Escape") {
      event.preventDefault();
      isLeft.current = directory !== "/";
      return onUp();
    }
    const to = nextTile(tiles, current, event.key);
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(to);
    tileAt(to)?.focus();
  };
  const told = tiles[pointed ?? -1];

  return (
    <div class="map">
      <div
        class="treemap"
        ref={box}
        role="tree"
        tabIndex={-1}
        aria-label={`${title}. Arrow keys walk, Enter opens, Backspace leads up.`}
        style={{ height: `${height}px` }}
        onKeyDown={press}
        onMouseLeave={() => setPointed(undefined)}
      >
        {tiles.map((tile, index) => (
          <button
            type="button"
            role="treeitem"
            key={`${tile.level} ${tile.node.path ?? `rest of ${tile.parent}`}`}
            class={`tile ${lookOf(tile.node, map)} ${tile.node.children === undefined ? "leaf" : "folder"}`}
            style={{
              left: `${tile.x}px`,
              top: `${tile.y}px`,
              width: `${tile.width}px`,
              height: `${tile.height}px`,
            }}
            tabIndex={index === current ? 0 : -1}
            aria-level={tile.level}
            aria-posinset={tile.position}
            aria-setsize={tile.siblings}
            aria-label={spoken(tile.node, map)}
            aria-disabled={tile.node.path === undefined}
            onClick={() => open(tile)}
            onFocus={() => {
              setCurrent(index);
              setPointed(index);
            }}
            onMouseEnter={() => setPointed(index)}
          >
            <Words tile={tile} map={map} />
          </button>
        ))}
        {tiles.length === 0 && width > 0 && (
          <p class="nothing">
            {map.view.of === "difference" ? "No file here came, went or changed its size." : "No bytes here."}
          </p>
        )}
      </div>
      <p class="detail" aria-hidden="true">
        {told && (
          <>
            <code>{told.node.path ?? told.node.name}</code>
            <span>{figuresOf(told.node, map).join(" · ")}</span>
          </>
        )}
      </p>
    </div>
  );
}

function Words({ tile: { node, width, height: high }, map }: { readonly tile: Tile; readonly map: FileMap }) {
  if (width < 44 || high < 17) return null;
  const size = map.view.of === "image" ? formatBytes(node.bytes) : changeText(node);
  const isWide = width > 110;
  return (
    <>
      <span class="name">
        {node.name}
        {node.isDirectory && node.path !== "/" && "/"}
        {node.children !== undefined && isWide && <small> {size}</small>}
      </span>
      {node.children === undefined && high > 36 && width > 60 && <small>{size}</small>}
    </>
  );
}

/** `grown` and `shrunk` differ in pattern too; `both` came and went. */
function lookOf({ grown, shrunk, path }: MapNode, { view }: FileMap): string {
  if (view.of === "image") return path === undefined ? "rest" : "plain";
  return grown > 0 && shrunk > 0 ? "both" : grown > 0 ? "grown" : "shrunk";
}

function changeText({ grown, shrunk }: MapNode): string {
  if (grown > 0 && shrunk > 0) return `${formatDifference(grown)} ${formatDifference(-shrunk)}`;
  return formatDifference(grown - shrunk);
}

function figuresOf(node: MapNode, { view, root }: FileMap): string[] {
  const share = formatPercent(node.area, root.area)?.replace("+", "");
  const files = node.isDirectory || node.path === undefined ? [`${node.files} files`] : [];
  if (view.of === "image") return [formatBytes(node.bytes), `${share} of ${root.path ?? "/"}`, ...files];
  return [changeText(node), ...(node.bytes > 0 ? [`${formatBytes(node.bytes)} now`] : ["gone"])];
}

function spoken(node: MapNode, map: FileMap): string {
  const kind = node.isDirectory ? "folder" : node.path === undefined ? "" : "file";
  return [node.name, kind, ...figuresOf(node, map)].filter(Boolean).join(", ");
}

function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watch.observe(element);
    setWidth(Math.floor(element.clientWidth));
    return () => watch.disconnect();
  }, [box]);
  return width;
}
