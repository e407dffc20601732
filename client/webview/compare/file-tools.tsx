import { useEffect, useState } from "preact/hooks";
import { formatExactBytes } from "../../src/shared/figures.ts";
import type { FileWindow } from "../../src/shared/file-messages.ts";
import { crumbsOf, type FileChoices, statuses, statusNames } from "./file-choices.ts";

interface ChoiceProps {
  readonly choices: FileChoices;
  readonly choose: (more: Partial<FileChoices>) => void;
}

/** The directory that both map and list are of, with those above it. */
export function Crumbs({ choices, choose }: ChoiceProps) {
  return (
    <nav class="crumbs" aria-label="Directory">
      {crumbsOf(choices.directory).map(({ name, path }) => (
        <button
          type="button"
          key={path}
          aria-current={path === choices.directory ? "page" : undefined}
          onClick={() => choose({ directory: path })}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}

interface PickersProps extends ChoiceProps {
  readonly labels: readonly string[];
}

/** Which images are compared, and what the map shows of them. */
export function Pickers({ choices, choose, labels }: PickersProps) {
  const [first = ""] = labels;
  return (
    <div class="pickers">
      {labels.length > 2 && (
        <label>
          Against {first}
          <select
            value={String(choices.image)}
            onChange={(event) => choose({ image: Number(event.currentTarget.value) })}
          >
            {labels.slice(1).map((label, index) => (
              <option key={`${index} ${label}`} value={String(index + 1)}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Map of
        <select
          value={String(choices.map)}
          onChange={({ currentTarget: { value } }) =>
            choose({ map: value === "difference" ? value : Number(value) })
          }
        >
          <option value="difference">the difference</option>
          {labels.map((label, index) => (
            <option key={`${index} ${label}`} value={String(index)}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** What the patterns of the map of a difference mean. */
export function Legend({ label }: { readonly label: string | undefined }) {
  return (
    <ul class="legend" aria-label="Patterns of the map">
      <li>
        <span class="swatch tile grown" aria-hidden="true" />
        More in {label}
      </li>
      <li>
        <span class="swatch tile shrunk" aria-hidden="true" />
        Less
      </li>
      <li>
        <span class="swatch tile both" aria-hidden="true" />
        Both within
      </li>
    </ul>
  );
}

interface StatusesProps extends ChoiceProps {
  readonly files: FileWindow | undefined;
}

/** Which files the list shows, by what became of them. */
export function Statuses({ choices, choose, files }: StatusesProps) {
  const toggled = (status: FileChoices["statuses"][number]) =>
    choices.statuses.includes(status)
      ? choices.statuses.filter((it) => it !== status)
      : [...choices.statuses, status];
  return (
    <fieldset class="statuses">
      <legend class="for-readers">Only files that are</legend>
      {statuses.map((status) => (
        <button
          type="button"
          key={status}
          aria-pressed={choices.statuses.includes(status)}
          onClick={() => choose({ statuses: toggled(status) })}
        >
          {statusNames[status]} <small>{files ? formatExactBytes(files.byStatus[status]) : ""}</small>
        </button>
      ))}
    </fieldset>
  );
}

/** One directory, or all that is below it; what is looked for may stand anywhere below. */
export function Reach({ choices, choose }: ChoiceProps) {
  const isFiltered = choices.text.trim() !== "";
  const shown = isFiltered ? "files" : choices.show;
  return (
    <fieldset>
      <legend class="for-readers">What the list shows</legend>
      {(["entries", "files"] as const).map((show) => (
        <button
          type="button"
          key={show}
          aria-pressed={shown === show}
          disabled={isFiltered}
          onClick={() => choose({ show })}
        >
          {show === "entries" ? "This folder" : "All files below"}
        </button>
      ))}
    </fieldset>
  );
}

/** What is typed is told when the reader pauses. */
export function Filter({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    if (typed === text) return undefined;
    const later = setTimeout(() => onText(typed), 200);
    return () => clearTimeout(later);
  }, [typed]);
  return (
    <input
      type="search"
      value={typed}
      placeholder="Filter: part of a path, or *.so"
      aria-label="Filter files by a part of their path, or by a glob such as *.so"
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
