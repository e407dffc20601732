import { currentStep } from "../../builds/build-record.ts";
import type { BuildPlan } from "../../editor/builds/build-plan.ts";
import { followBuild, logEvent } from "../../editor/builds/build-progress.ts";
import type { Engine } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";
import type { VariantInfo } from "../../shared/server-messages.ts";
import type { Services } from "../command.ts";

export type VariantBuild =
  | { readonly state: "built"; readonly imageId: string }
  | { readonly state: "cancelled" }
  | { readonly state: "not-built"; readonly message: string; readonly log: readonly string[] };

/**
 * Builds a variant under a tag of its own, in the Builds view as any other. Nothing of it is remembered for the Dockerfile, whose
 * text is another one. Throws what ends the whole: no engine, or `signal` is aborted.
 */
export async function buildVariant(
  { builds, buildLogs }: Services,
  engine: Engine,
  { request }: BuildPlan,
  { name, text }: VariantInfo,
  tag: string,
  tell: (step: string) => void,
  signal: AbortSignal,
): Promise<VariantBuild> {
  const { dockerfile, context } = request;
  const again = { repeatWith: "plimsoll.tryVariants", repeat: { dockerfile, variants: [name] } };
  const building = builds.begin({ tag, dockerfile, target: undefined, context, ...again });
  const { id } = building.record;
  const log = buildLogs.start(id, tag);
  const either = AbortSignal.any([signal, building.signal]);
  const events = engine.build({ ...request, dockerfileText: text, tags: [tag] }, either);
  let told = "";
  try {
    const { imageId } = await followBuild(events, (event) => {
      building.take(event);
      logEvent(log, event);
      const step = currentStep(building.record)?.step.name;
      if (step === undefined || step === told) return;
      told = step;
      tell(step);
    });
    building.finish({ state: "built", imageId, before: undefined });
    return { state: "built", imageId };
  } catch (error) {
    const failure = failureOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const isCancelled = failure?.kind === "cancelled";
    building.finish(isCancelled ? { state: "cancelled" } : { state: "failed", message });
    log.line(message, "failure");
    if (failure === undefined || failure.kind === "unreachable" || signal.aborted) throw error;
    if (isCancelled) return { state: "cancelled" };
    return { state: "not-built", message, log: failure.kind === "build-failed" ? failure.log : [] };
  } finally {
    buildLogs.end(id);
  }
}
