import { resolve } from "node:path";
import { withoutSecrets } from "../../../../client/src/shared/secrets.ts";
import type {
  EffectiveComposeResult,
  EffectivePlace,
  FileParams,
} from "../../../../client/src/shared/server-messages.ts";
import { effectiveText } from "../../features/effective-compose.ts";
import type { EffectiveProject, Origin } from "../../model/compose/effective/tree.ts";
import { Positions } from "../positions.ts";
import type { Session, Subject } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/** `plimsoll/effectiveCompose`: the project of a Compose file as one file, with where each line is written. */
export async function answerEffectiveCompose(
  session: Session,
  { uri }: FileParams,
): Promise<EffectiveComposeResult | null> {
  const subject = await session.subjectOnDisk(uri);
  const project = subject && newest(session, subject);
  if (!project?.main) return null;
  const { text, places } = effectiveText(project, withoutSecrets);
  const positions = new Map<string, Positions>();
  const placeOf = (line: number, { source, span }: Origin): EffectivePlace => {
    const inFile = positions.get(source.path) ?? new Positions(source.file.text);
    positions.set(source.path, inFile);
    const target = inFile.positionAt(span.start);
    return {
      ...{ line, uri: uriOfPath(resolve(source.path)) },
      ...{ targetLine: target.line, targetColumn: target.character },
    };
  };
  return {
    name: project.main.name,
    text,
    places: places.map((it) => placeOf(it.line, it.origin)),
    files: project.paths.map((it) => uriOfPath(resolve(it))),
  };
}

/** Files of a project can have any name, and editors watch only those with ours: the others are looked at again. */
function newest(session: Session, { snapshot, workspace }: Subject): EffectiveProject | undefined {
  if (snapshot.kind !== "compose") return undefined;
  const { disk, documents } = session;
  const project = workspace.effective(snapshot);
  const before = disk.generation;
  for (const it of project?.paths ?? []) if (!documents.at(resolve(it))) disk.readNow(resolve(it));
  return disk.generation === before ? project : workspace.effective(snapshot);
}
