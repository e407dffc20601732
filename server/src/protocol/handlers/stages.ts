import type { FileParams, StagesResult } from "../../../../client/src/shared/server-messages.ts";
import type { Session } from "../session.ts";
import { stagesOf } from "../stage-info.ts";

/** `plimsoll/stages`: what a Dockerfile describes, for lenses, build picks and the sizes per instruction. */
export async function answerStages(session: Session, { uri }: FileParams): Promise<StagesResult | null> {
  const subject = await session.subjectOnDisk(uri);
  if (subject?.snapshot.kind !== "dockerfile") return null;
  const { snapshot, positions, workspace } = subject;
  const stages = stagesOf(workspace.dockerfile(snapshot), workspace.configured(snapshot), positions);
  return { uri, stages };
}
