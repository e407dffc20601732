import type { SystemFeature } from "../../model/stage/contents/view.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { callsHttps, importsTimeZones, usesTimeZones } from "../../rules/knowledge/binaries/go-needs.ts";
import { startedBinary } from "../../rules/knowledge/started/started-binary.ts";
import { addFeature } from "../../rules/writing/dockerfile/add-feature.ts";
import { insertBelow } from "../../rules/writing/dockerfile/lines.ts";
import type { TextEdit } from "../../text/edit.ts";
import { type Adapting, nothingToDo, type StepResult } from "./step.ts";

/**
 * Certificates for whatever may use the network (they weigh 200 kB), copied from a stage that has them rather than
 * installed, as that asks no network and leaves no lists.
 */
export function addCertificates({ stage }: Adapting): StepResult {
  if (stage.result.certificates.is !== "no" || stage.result.isSet("SSL_CERT_FILE").is === "yes")
    return nothingToDo;
  const builder = stageWith("certificates", stage);
  if (builder) return copied("/etc/ssl/certs/ca-certificates.crt", "The certificates", stage, builder);
  const binary = startedBinary(stage);
  // A program that is known to call nobody does without.
  if (binary && !callsHttps(binary.sources)) return nothingToDo;
  return added("certificates", stage, undefined);
}

/** Time zones where something asks for one by name, or the Dockerfile saw to them before. */
export function addTimeZones({ stage, before }: Adapting): StepResult {
  if (stage.result.timeZones.is !== "no" || stage.result.isSet("ZONEINFO").is === "yes") return nothingToDo;
  const binary = startedBinary(stage);
  if (binary && importsTimeZones(binary.sources)) return nothingToDo;
  const wasInstalled = before.initial.timeZones.is === "no" && before.result.timeZones.is === "yes";
  const isAsked =
    stage.result.isSet("TZ").is === "yes" || (binary && usesTimeZones(binary.sources) !== undefined);
  if (!wasInstalled && !isAsked) return nothingToDo;
  const builder = stageWith("timeZones", stage);
  if (builder) return copied("/usr/share/zoneinfo", "The time zones", stage, builder);
  return added("timeZones", stage, binary?.builder);
}

/** The stage that the final one copies from, or another one in front of it, that certainly has them. */
function stageWith(feature: SystemFeature, stage: Stage): Stage | undefined {
  const has = (it: Stage) => it.result[feature].is === "yes";
  const { model } = stage;
  const named = stage.instructions.flatMap((it) =>
    it.flags.flatMap((flag) =>
      flag.name === "from" && flag.value !== undefined ? (model.findStage(flag.value, stage) ?? []) : [],
    ),
  );
  return named.find(has) ?? model.stages.slice(0, stage.index).find((it) => it.isUsedByFinal && has(it));
}

function copied(path: string, what: string, stage: Stage, builder: Stage): StepResult {
  const from = builder.name ?? String(builder.index);
  const edit = insertBelow(stage.model.file, stage.from, `COPY --from=${from} ${path} ${path}`);
  return { edits: [edit], changes: [`${what} are copied from ${from}.`] };
}

function added(feature: SystemFeature, stage: Stage, builder: Stage | undefined): StepResult {
  const [fix] = addFeature(feature, stage, builder);
  const edits: readonly TextEdit[] = fix?.edits ?? [];
  return fix ? { edits, changes: [`${fix.title}.`] } : nothingToDo;
}
