import type {
  EstimatesResult,
  FileParams,
  StageEstimateInfo,
} from "../../../../client/src/shared/server-messages.ts";
import { estimateStage } from "../../features/stage-estimate.ts";
import { inPieces } from "../in-pieces.ts";
import type { Session } from "../session.ts";

/** `plimsoll/estimates`: what stages will weigh. Asked when a text rests, as it looks at every file that COPY names. */
export async function answerEstimates(
  session: Session,
  { uri }: FileParams,
): Promise<EstimatesResult | null> {
  const subject = await session.subjectOnDisk(uri);
  if (subject?.snapshot.kind !== "dockerfile" || !session.knownSettingsOf(uri).estimates) return null;
  const { stages } = subject.workspace.dockerfile(subject.snapshot);
  const found: StageEstimateInfo[] = [];
  for (const stage of stages) {
    const estimate = await inPieces(estimateStage(stage));
    if (estimate) found.push({ stage: stage.index, ...estimate });
  }
  return { stages: found };
}
