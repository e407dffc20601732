import { formatBytes, formatDifference, formatExactBytes } from "../../src/shared/figures.ts";
import type { FileRow } from "../../src/shared/file-messages.ts";
import { trendOf } from "../trend.ts";
import { statusNames } from "./file-choices.ts";

interface LineProps {
  readonly index: number;
  /** Undefined until the host has sent it. */
  readonly row: FileRow | undefined;
  readonly isCurrent: boolean;
  readonly comparesOthers: boolean;
  readonly columns: number;
  readonly onOpen: (row: FileRow) => void;
}

/** A file, or a directory with what is in it. */
export function FileLine({ index, row, isCurrent, comparesOthers, columns, onOpen }: LineProps) {
  const common = { id: `file-${index}`, "aria-rowindex": index + 2 } as const;
  if (!row)
    return (
      <tr {...common} class={isCurrent ? "current" : ""}>
        <td colSpan={columns} class="none">
          …
        </td>
      </tr>
    );
  const { difference, status } = row;
  return (
    // The keyboard has the table: the row that it is at is told by aria-activedescendant.
    <tr
      {...common}
      class={`${isCurrent ? "current" : ""} opens`}
      aria-selected={isCurrent}
      onClick={() => onOpen(row)}
    >
      <td class="path" title={titleOf(row)}>
        <code>
          {row.shown}
          {row.isDirectory && "/"}
          {row.target !== null && <span class="none"> → {row.target}</span>}
        </code>
        {row.isDirectory && <small>{filesText(row)}</small>}
      </td>
      {row.sizes.map((size, image) => (
        <td key={image} class="number" title={size === null ? undefined : `${formatExactBytes(size)} bytes`}>
          {size === null ? <span class="none">–</span> : formatBytes(size)}
        </td>
      ))}
      {comparesOthers && (
        <td
          class={`number change ${trendOf(difference)}`}
          title={`${formatExactBytes(Math.abs(difference))} bytes`}
        >
          {difference === 0 ? <span class="none">–</span> : formatDifference(difference)}
        </td>
      )}
      {comparesOthers && <td class={`status ${status}`}>{statusNames[status]}</td>}
      <td class="layer" title={row.instruction ?? undefined}>
        {row.instruction !== null && <code>{row.instruction}</code>}
      </td>
    </tr>
  );
}

function filesText({ files, filesBefore }: FileRow): string {
  const [now, before] = [formatExactBytes(files), formatExactBytes(filesBefore)];
  if (files !== filesBefore) return `${before} → ${now} files`;
  return files === 1 ? "1 file" : `${now} files`;
}

function titleOf({ path, access, accessBefore }: FileRow): string {
  if (access === null) return path;
  return accessBefore === null ? `${path}\n${access}` : `${path}\n${accessBefore} → ${access}`;
}
