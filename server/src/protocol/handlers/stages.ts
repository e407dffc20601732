import type {
  ArgumentInfo,
  FileParams,
  StageInfo,
  StagesResult,
} from "../../../../client/src/shared/server-messages.ts";
import { type StageOutline, stageOutlines } from "../../features/stage-outline.ts";
import { baseText } from "../../features/stage-text.ts";
import type { Variable } from "../../features/variables.ts";
import { type Span, textOf } from "../../text/span.ts";
import type { Positions } from "../positions.ts";
import type { Session } from "../session.ts";

/** `plimsoll/stages`: what a Dockerfile describes, for lenses, build picks and the sizes per instruction. */
export async function answerStages(session: Session, { uri }: FileParams): Promise<StagesResult | null> {
  const subject = await session.subjectOnDisk(uri);
  if (subject?.snapshot.kind !== "dockerfile") return null;
  const { snapshot, positions, workspace } = subject;
  const model = workspace.dockerfile(snapshot);
  return { uri, stages: stageOutlines(model).map((it) => stageInfo(it, snapshot.text, positions)) };
}

function stageInfo(
  { stage, ports, buildArguments, secrets, ssh, chain }: StageOutline,
  text: string,
  positions: Positions,
): StageInfo {
  const last = stage.instructions.at(-1) ?? stage.from;
  return {
    index: stage.index,
    name: stage.name ?? null,
    ...lines({ start: stage.from.span.start, end: last.span.end }, positions),
    base: baseText(stage),
    isFinal: stage.isFinal,
    ports,
    secrets,
    ssh,
    arguments: buildArguments.map((it) => argumentInfo(it, positions)),
    chain: chain.map((it) => ({
      keyword: it.instruction.name,
      text: textOf(text, it.instruction.span),
      stage: it.stage.index,
      ...lines(it.instruction.span, positions),
    })),
  };
}

function argumentInfo({ name, value, pair }: Variable, positions: Positions): ArgumentInfo {
  return { name, default: value ?? null, line: positions.positionAt(pair.span.start).line };
}

function lines(
  { start, end }: Span,
  positions: Positions,
): { readonly line: number; readonly endLine: number } {
  return { line: positions.positionAt(start).line, endLine: positions.positionAt(end).line };
}
