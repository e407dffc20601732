import { buildStepToInstruction } from "../engine/build/build-steps.ts";
import type { BuildEvent, BuildRequest } from "../engine/build/build-types.ts";
import type { Engine } from "../engine/engine.ts";
import { EngineError } from "../engine/engine.ts";
import { failureIn } from "../engine/failures.ts";
import { formatBytes, formatDuration } from "../shared/figures.ts";
import type { StageInfo } from "../shared/server-messages.ts";
import type { SizeTerminal } from "../shared/size-request.ts";

/** Builds an image and tells each step on the way, one line each, as logs of CI want it. @returns the image's id */
export async function build(
  engine: Engine,
  name: string,
  request: BuildRequest,
  stages: readonly StageInfo[],
  terminal: SizeTerminal,
  signal: AbortSignal,
): Promise<string> {
  terminal.error(`Building ${name} in ${request.context}\n`);
  let failedAt: number | undefined;
  try {
    for await (const event of engine.build(request, signal)) {
      const line = textOf(event);
      if (line !== undefined) terminal.error(`${line}\n`);
      if (event.kind === "failed") failedAt ??= buildStepToInstruction(event.step, stages)?.line;
      if (event.kind === "finished") return event.imageId;
    }
  } catch (error) {
    const failure = failureIn(error);
    if (failure?.kind !== "build-failed" || !(error instanceof Error)) throw error;
    // What the step printed says why; it is the end of the log.
    for (const line of failure.log) terminal.error(`    ${line}\n`);
    const line = failure.line ?? (failedAt === undefined ? undefined : failedAt + 1);
    const place = `${name.replace(/#.*$/, "")}${line === undefined ? "" : `:${line}`}`;
    const advice = error.message.replace(
      "Say on the build sheet where it comes from",
      "Say with --secret where it comes from",
    );
    throw new EngineError(failure, `${place}: ${advice}`);
  }
  const message = `The build of ${name} ended without an image.`;
  throw new EngineError({ kind: "other", message }, message);
}

function textOf(event: BuildEvent): string | undefined {
  switch (event.kind) {
    case "completed":
      if (event.step.position === undefined) return undefined;
      return `  ${event.step.name.replace(/\s+/g, " ")}  ${event.cached ? "cached" : formatDuration(event.milliseconds)}`;
    case "failed":
      return `  ${event.step.name.replace(/\s+/g, " ")}  failed`;
    case "context":
      return `  build context: ${event.files} files, ${formatBytes(event.bytes)}`;
    case "warning":
      return `  warning: ${event.message}`;
    default:
      return undefined;
  }
}
