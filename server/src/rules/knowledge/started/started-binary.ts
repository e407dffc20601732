import { holdingStage } from "../../../model/stage/holding-stage.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { KnownFile, SourceFile } from "../../../model/stage/state.ts";
import { pathOfProgram, startedBy } from "../../writing/multi-stage/started-program.ts";

/** A program that a container starts, whose sources the build context has. */
export interface StartedBinary {
  readonly file: KnownFile;
  readonly sources: readonly SourceFile[];
  /** The stage that compiles it. */
  readonly builder: Stage | undefined;
}

/** Undefined where it is not known what is started, or its sources cannot be read. */
export function startedBinary(stage: Stage): StartedBinary | undefined {
  const file = startedFile(stage);
  const sources = file?.binary?.sources;
  return file?.binary && sources
    ? { file, sources, builder: holdingStage(file.binary.builtBy, stage.model) }
    : undefined;
}

/** The file that a container starts, where something in the image's own file wrote it. */
export function startedFile(stage: Stage): KnownFile | undefined {
  const started = startedBy(stage);
  const path = started && pathOfProgram(started.program, stage);
  return path === undefined ? undefined : stage.result.fileAt(path);
}
