import { resolve } from "node:path";
import { withoutSecrets } from "../../../../client/src/shared/secrets.ts";
import type {
  EffectiveComposeResult,
  EffectivePlace,
  FileParams,
} from "../../../../client/src/shared/server-messages.ts";
import { effectiveText } from "../../features/effective-compose.ts";
import type { Origin } from "../../model/compose/effective/tree.ts";
import { newestProject } from "../newest-project.ts";
import { Positions } from "../positions.ts";
import type { Session } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/** `plimsoll/effectiveCompose`: the project of a Compose file as one file, with where each line is written. */
export async function answerEffectiveCompose(
  session: Session,
  { uri }: FileParams,
): Promise<EffectiveComposeResult | null> {
  const subject = await session.subjectOnDisk(uri);
  const project =
    subject?.snapshot.kind === "compose"
      ? newestProject(session, () => subject.workspace.effective(subject.snapshot))
      : undefined;
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
