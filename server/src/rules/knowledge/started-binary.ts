import type { Stage } from "../../model/stage/stage.ts";
import type { KnownFile, SourceFile } from "../../model/stage/state.ts";
import { pathOfProgram, startedBy } from "../writing/multi-stage/started-program.ts";
import { holdingStage } from "./holding-stage.ts";

/** A program that a container starts, whose sources the build context has. */
export interface StartedBinary {
  readonly file: KnownFile;
  readonly sources: readonly SourceFile[];
  /** The stage that compiles it. */
  readonly builder: Stage | undefined;
}

/** Undefined where it is not known what is started, or its sources cannot be read. */
export function startedBinary(stage: Stage): StartedBinary | undefined {
  const started = startedBy(stage);
  const path = started && pathOfProgram(started.program, stage);
  const file = path === undefined ? undefined : stage.result.fileAt(path);
  const sources = file?.binary?.sources;
  if (!file?.binary || !sources) return undefined;
  const { builtBy } = file.binary;
  return { file, sources, builder: holdingStage(builtBy, stage.model) };
}
