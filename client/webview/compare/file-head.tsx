import type { FileQuery, FileSort } from "../../src/shared/file-messages.ts";
import { isSortedBy } from "./file-choices.ts";

interface FileHeadProps {
  readonly query: FileQuery;
  readonly imageLabels: readonly string[];
  readonly onSort: (by: FileSort["by"], image: number) => void;
}

/** The columns of the list of files: where there is one image alone, nothing is compared. */
export function FileHead({ query, imageLabels, onSort }: FileHeadProps) {
  const comparesOthers = imageLabels.length > 1;
  const sorting = { now: query.sort, onSort };
  return (
    <>
      <colgroup>
        <col class="path" />
        {imageLabels.map((label, image) => (
          <col key={`${image} ${label}`} class="bytes" />
        ))}
        {comparesOthers && <col class="change" />}
        {comparesOthers && <col class="status" />}
        <col class="layer" />
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <Head name="Path" sort={{ by: "path", image: 0 }} {...sorting} />
          {imageLabels.map((label, image) => (
            <Head key={`${image} ${label}`} name={label} sort={{ by: "size", image }} {...sorting} isNumber />
          ))}
          {comparesOthers && (
            <Head name="Difference" sort={{ by: "difference", image: query.image }} {...sorting} isNumber />
          )}
          {comparesOthers && <Head name="Status" sort={{ by: "status", image: query.image }} {...sorting} />}
          <Head name="Stored by" sort={{ by: "layer", image: query.image }} {...sorting} />
        </tr>
      </thead>
    </>
  );
}

interface HeadProps {
  readonly name: string;
  readonly sort: Pick<FileSort, "by" | "image">;
  readonly now: FileSort;
  readonly onSort: (by: FileSort["by"], image: number) => void;
  readonly isNumber?: boolean;
}

function Head({ name, sort, now, onSort, isNumber = false }: HeadProps) {
  const isActive = isSortedBy(now, sort.by, sort.image);
  const order = now.descending ? "descending" : "ascending";
  return (
    <th scope="col" class={isNumber ? "number" : ""} aria-sort={isActive ? order : "none"}>
      <button type="button" title={`${name}: sort by it`} onClick={() => onSort(sort.by, sort.image)}>
        {name}
        <span class="arrow" aria-hidden="true">
          {isActive ? (now.descending ? "↓" : "↑") : ""}
        </span>
      </button>
    </th>
  );
}
