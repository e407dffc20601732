import type { BuildInProgress } from "../../builds/builds.ts";
import type { BuildWriter } from "../../editor/builds/build-logs.ts";
import type { BuildPlan } from "../../editor/builds/build-plan.ts";
import type { Engine } from "../../engine/engine.ts";
import type { RecordedCommit } from "../../sizes/history/size-history.ts";
import type { Services } from "../command.ts";

/** What a build is shown in besides the Builds view and its log: where there is none, a notification tells of it. */
export interface BuildConsole extends BuildWriter {
  /** Aborted when whoever owns the console ends the build. */
  readonly signal: AbortSignal;
  /** What fails is put on its lines by whoever reads the console. */
  readonly isMatched: boolean;
}

/** One build and what it works with. */
export interface OngoingBuild {
  readonly services: Services;
  readonly engine: Engine;
  readonly plan: BuildPlan;
  readonly building: BuildInProgress;
  readonly log: BuildWriter;
  /** Where there is one, it tells how the build ends. */
  readonly console: BuildConsole | undefined;
  /** What was checked out when it began. */
  readonly commit: Promise<RecordedCommit | undefined>;
}
