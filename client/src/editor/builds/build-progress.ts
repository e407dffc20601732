import { l10n, type Progress } from "vscode";
import { type BuildRecord, currentStep } from "../../builds/build-record.ts";
import type { BuildEvent } from "../../engine/build/build-types.ts";
import { formatBytes, formatDuration } from "../../shared/figures.ts";
import type { BuildWriter } from "./build-logs.ts";

/** What a build came to, counted while it went on. */
export interface BuildTally {
  readonly imageId: string;
  readonly milliseconds: number;
  /** Steps of the Dockerfile; BuildKit's internal ones are not counted. */
  readonly steps: number;
  readonly cachedSteps: number;
}

/** Thrown out of the events' end when they stop without `finished`, which the engine never does. */
const noEnd = "The build ended without an image.";

/** Follows a build to its end; `watch` is told every event. What the engine throws goes on. */
export async function followBuild(
  events: AsyncIterable<BuildEvent>,
  watch: (event: BuildEvent) => void,
): Promise<BuildTally> {
  let steps = 0;
  let cachedSteps = 0;
  for await (const event of events) {
    watch(event);
    if (event.kind === "completed" && event.step.position !== undefined) {
      steps++;
      if (event.cached) cachedSteps++;
    }
    if (event.kind === "finished")
      return { imageId: event.imageId, milliseconds: event.milliseconds, steps, cachedSteps };
  }
  throw new Error(noEnd);
}

/** ms; what took less the second time is not told a second time. */
const worthTelling = 300;

/** Writes an event into a log. */
export function logEvent(log: BuildWriter, event: BuildEvent): void {
  switch (event.kind) {
    case "context":
      log.line(l10n.t("Build context: {0} files, {1}", event.files, formatBytes(event.bytes)), "quiet");
      break;
    case "started":
      log.line(`▸ ${event.step.name}`, "step");
      break;
    case "completed":
      log.line(
        `✓ ${event.step.name}  ${event.cached ? l10n.t("from the cache") : formatDuration(event.milliseconds)}`,
        "quiet",
      );
      break;
    case "again":
      if (event.milliseconds !== undefined && event.milliseconds >= worthTelling)
        log.line(`✓ ${event.step.name}  ${formatDuration(event.milliseconds)}`, "quiet");
      break;
    case "failed":
      log.line(`✗ ${event.step.name}\n  ${event.error}`, "failure");
      break;
    case "log":
      log.output(event.text);
      break;
    case "warning":
      log.line(`! ${event.message}`);
      break;
    case "planned":
    case "transfer":
    case "finished":
      break;
  }
}

/** ms between two tellings of how many bytes there are. */
const bytesAtMostEvery = 250;

/** Tells in a notification which step runs; the answer is to be called after each event that the record took. */
export function showProgress(
  record: BuildRecord,
  progress: Progress<{ message?: string }>,
): (event: BuildEvent) => void {
  let shown = "";
  let last = 0;
  return (event) => {
    if (event.kind === "log") return;
    const now = performance.now();
    if (event.kind === "transfer" && now - last < bytesAtMostEvery) return;
    const message = progressText(record);
    if (message === undefined || message === shown) return;
    shown = message;
    last = now;
    progress.report({ message });
  };
}

/** `builder 3/5: RUN go build · 12.3 MB of 30.1 MB`, short enough for a notification. */
function progressText(record: BuildRecord): string | undefined {
  const current = currentStep(record);
  if (current === undefined) return undefined;
  const { stage, position, of, instruction, name } = current.step;
  const text = instruction.replace(/\s+/g, " ");
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  const where =
    position === undefined ? name : `${stage === undefined ? "" : `${stage} `}${position}/${of}: ${short}`;
  return current.bytes === undefined ? where : `${where} · ${bytesText(current.bytes)}`;
}

/** `12.3 MB`, `12.3 MB of 30.1 MB`. */
export function bytesText({
  current,
  total,
}: {
  readonly current: number;
  readonly total: number | undefined;
}): string {
  return total === undefined || total <= current
    ? formatBytes(current)
    : l10n.t("{0} of {1}", formatBytes(current), formatBytes(total));
}
