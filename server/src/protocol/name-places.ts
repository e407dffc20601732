import type { Location } from "vscode-languageserver/node";
import type { Occurrence } from "../features/names/name.ts";
import { idOf } from "../workspace/workspace.ts";
import { Positions } from "./positions.ts";
import type { Session, Subject } from "./session.ts";
import { uriOfPath } from "./uris.ts";

/** Places of names as the editor knows them; those of files that cannot be read any more are left out. */
export function locationsOf(
  session: Session,
  subject: Subject,
  occurrences: readonly Occurrence[],
): Location[] {
  const positions = new Map<string, Positions | undefined>();
  return occurrences.flatMap(({ file, span }) => {
    if (!positions.has(file)) positions.set(file, positionsIn(session, subject, file));
    const range = positions.get(file)?.rangeOf(span);
    return range ? [{ uri: uriIn(session, subject, file), range }] : [];
  });
}

function positionsIn(
  session: Session,
  { snapshot, positions, workspace }: Subject,
  file: string,
): Positions | undefined {
  if (file === idOf(snapshot)) return positions;
  const open = session.documents.at(file);
  if (open) return session.positionsOf(open);
  const text = workspace.textAt(file);
  return text === undefined ? undefined : new Positions(text);
}

function uriIn(session: Session, { snapshot }: Subject, file: string): string {
  return file === idOf(snapshot) ? snapshot.uri : (session.documents.at(file)?.uri ?? uriOfPath(file));
}
