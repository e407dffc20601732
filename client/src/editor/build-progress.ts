import { l10n, type Progress } from "vscode";
import type { BuildEvent, BuildStep } from "../engine/build-types.ts";
import { formatBytes, formatDuration } from "../shared/figures.ts";
import type { BuildLog } from "./build-log.ts";

/** What a build came to, counted while it went on. */
export interface BuildTally {
  readonly imageId: string;
  readonly milliseconds: number;
  /** Steps of the Dockerfile; BuildKit's internal ones are not counted. */
  readonly steps: number;
  readonly cachedSteps: number;
}

/** What was known when a build failed. */
export interface FailedStep {
  readonly step: BuildStep;
  readonly error: string;
}

/** Thrown out of the events' end when they stop without `finished`, which the engine never does. */
const noEnd = "The build ended without an image.";

/**
 * Follows a build to its end: every event into the log, the step that runs into the notification. What the engine
 * throws goes on; `failed` is told before that.
 */
export async function followBuild(
  events: AsyncIterable<BuildEvent>,
  log: BuildLog,
  progress: Progress<{ message?: string }>,
  failed: (step: FailedStep) => void,
): Promise<BuildTally> {
  let steps = 0;
  let cachedSteps = 0;
  for await (const event of events) {
    switch (event.kind) {
      case "context":
        log.line(l10n.t("Build context: {0} files, {1}", event.files, formatBytes(event.bytes)), "quiet");
        break;
      case "started":
        log.line(`▸ ${event.step.name}`, "step");
        progress.report({ message: stepLine(event.step) });
        break;
      case "completed":
        if (event.step.position !== undefined) {
          steps++;
          if (event.cached) cachedSteps++;
        }
        log.line(`✓ ${event.step.name}  ${duration(event)}`, "quiet");
        break;
      case "failed":
        log.line(`✗ ${event.step.name}\n  ${event.error}`, "failure");
        failed(event);
        break;
      case "log":
        log.output(event.text);
        break;
      case "warning":
        log.line(`! ${event.message}${event.startLine === undefined ? "" : ` (line ${event.startLine})`}`);
        break;
      case "finished":
        return { imageId: event.imageId, milliseconds: event.milliseconds, steps, cachedSteps };
    }
  }
  throw new Error(noEnd);
}

/** `builder 3/5: RUN go build`, short enough for a notification. */
function stepLine({ stage, position, of, instruction, name }: BuildStep): string {
  if (position === undefined) return name;
  const text = instruction.replace(/\s+/g, " ");
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `${stage === undefined ? "" : `${stage} `}${position}/${of}: ${short}`;
}

function duration({ cached, milliseconds }: Extract<BuildEvent, { kind: "completed" }>): string {
  return cached ? l10n.t("from the cache") : formatDuration(milliseconds);
}
