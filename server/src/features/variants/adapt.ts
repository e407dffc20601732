import { parseImageReference } from "../../model/image/reference.ts";
import { SCRATCH } from "../../model/image/shipped-images.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { addCertificates, addTimeZones } from "./feature-lines.ts";
import { edited } from "./final-stage.ts";
import { adaptHealthCheck } from "./health-lines.ts";
import { keepAppFolder } from "./keep-app.ts";
import { rebase } from "./rebase.ts";
import { adaptRuns, tidyRuns } from "./run-lines.ts";
import { adaptEntrypoint, adaptForm } from "./start-lines.ts";
import type { Step } from "./step.ts";
import { adaptUsers } from "./user-lines.ts";
import type { Variant } from "./variant.ts";

/** A final stage on another base, with all that the base asks for. */
export interface Adapted extends Pick<Variant, "changes" | "checks" | "lacks"> {
  readonly stage: Stage;
}

/**
 * Puts another base under a final stage, step by step; each looks at what the one before has left. `interpreters`: see
 * `adaptEntrypoint`. A string says why it cannot be; undefined where what came of it cannot be read.
 */
export function adapt(
  before: Stage,
  image: string,
  interpreters: Readonly<Record<string, string>>,
): Adapted | string | undefined {
  const { images } = before.model.inputs;
  const facts = image === SCRATCH.name ? SCRATCH : images.find(parseImageReference(image));
  if (!facts) return "Nothing is known of what the image holds.";
  const changes: string[] = [];
  const checks: string[] = [];
  const lacks: string[] = [];
  let stage = onBase(before, image, facts.shell === "none", changes);
  const steps: readonly Step[] = [
    adaptRuns,
    tidyRuns,
    adaptUsers,
    adaptForm,
    adaptEntrypoint(interpreters),
    adaptHealthCheck(interpreters),
    addTimeZones,
    addCertificates,
  ];
  for (const step of steps) {
    if (!stage) return undefined;
    const result = step({ stage, before, facts, image });
    if (result.refused !== undefined) return result.refused;
    changes.push(...(result.changes ?? []));
    checks.push(...(result.checks ?? []));
    lacks.push(...(result.lacks ?? []));
    stage = edited(stage, result.edits);
  }
  return stage && { stage, changes, checks, lacks };
}

/** The stage with another FROM; a Node project that is installed in it becomes a builder where nothing can run in the new one. */
function onBase(stage: Stage, image: string, isBare: boolean, changes: string[]): Stage | undefined {
  const installs = stage.instructions.some((it) => it.name === "RUN");
  const kept = isBare && installs && /\/nodejs\d/.test(image) ? keepAppFolder(stage, image) : undefined;
  const edits = kept ?? rebase(stage, image);
  if (kept) changes.push("What is installed and built has a stage of its own, as the image can run nothing.");
  return edits && edited(stage, edits);
}
