import type { ComposeProject } from "../../model/compose/project.ts";
import type { Span } from "../../text/span.ts";
import { refactorings } from "./all.ts";
import { placeAt } from "./place.ts";
import type { Offer, Refactoring } from "./refactoring.ts";

/** An offer, and what it is to the editor's menu. */
export interface Refactored extends Offer {
  readonly id: string;
  readonly kind: Refactoring["kind"];
}

/**
 * Other ways to write what is at a cursor or selection of a Compose file, each without a change of what it means. `folder` is
 * the absolute path of the file's folder. None in a file that cannot be read to its end.
 */
export function refactor(
  project: ComposeProject,
  selection: Span,
  folder: string | undefined,
): readonly Refactored[] {
  if (project.file.problems.some((it) => it.severity === "error")) return [];
  const place = placeAt(project, selection, folder);
  return refactorings.flatMap(({ id, kind, offersAt }) =>
    offersAt(place).flatMap((it) => (it ? [{ id, kind, ...it }] : [])),
  );
}
