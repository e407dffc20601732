import { createHash } from "node:crypto";
import { l10n, ProgressLocation, type Uri, window, workspace } from "vscode";
import { withoutAnswers } from "../../editor/builds/build-memory.ts";
import { type BuildPlan, planBuild } from "../../editor/builds/build-plan.ts";
import { pickDockerfile } from "../../editor/pick-dockerfile.ts";
import { pickVariants } from "../../editor/variants/variant-picks.ts";
import { type SmokeOptions, smokeCheck } from "../../engine/containers/smoke-check.ts";
import type { Engine } from "../../engine/engine.ts";
import type { VariantInfo, VariantsResult } from "../../shared/server-messages.ts";
import type { Trial, TrialRow } from "../../shared/variants-messages.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";
import { buildVariant } from "./build-variant.ts";
import { type OpenTrial, openTrial } from "./open-trial.ts";

export interface TryVariantsAnswers {
  readonly dockerfile?: string;
  /** Names of those to try; without them the user picks. */
  readonly variants?: readonly string[];
  /** Until a container must show that it works, ms. */
  readonly limit?: number;
}

export type TryVariantsResult =
  | { readonly outcome: "tried"; readonly rows: readonly TrialRow[] }
  | { readonly outcome: "no-variants"; readonly message: string }
  | NotDone;

/** Until a container shows that it works, ms. */
const usualLimit = 60_000;
/** Docker would ask for the first time after 30 s where HEALTHCHECK says nothing else, ms. */
const checkEvery = 1_000;

/**
 * Builds the final stage of a Dockerfile on other bases, starts each, and shows what they weigh, how they start and what they
 * lack. What fails stands in its row; the others go on.
 */
export const tryVariants: Command<TryVariantsAnswers, TryVariantsResult> = {
  id: "plimsoll.tryVariants",
  run: (services, answers) =>
    withEngine<TryVariantsResult>(services, tryVariants.id, answers, async (engine) => {
      const file = await pickDockerfile(answers.dockerfile);
      if (file === undefined) return cancelled;
      const found = await services.language.variants(file);
      if (found === undefined || found.why !== null || found.variants.length < 2) return none(found, file);
      const variants = await chosen(engine, found, answers.variants);
      if (variants === undefined) return cancelled;
      return tryAll(services, engine, file, found, variants, answers.limit ?? usualLimit);
    }),
};

function none(found: VariantsResult | undefined, file: Uri): TryVariantsResult {
  const message = [
    l10n.t("There is no other base to try for {0}.", workspace.asRelativePath(file)),
    found === undefined ? l10n.t("It cannot be read as a Dockerfile.") : (found.why ?? ""),
    ...(found?.refused ?? []).map((it) => `${it.base}: ${it.reason}`),
  ].filter(Boolean);
  void window.showInformationMessage(message.join(" "));
  return { outcome: "no-variants", message: message.join(" ") };
}

async function chosen(
  engine: Engine,
  found: VariantsResult,
  names: readonly string[] | undefined,
): Promise<readonly VariantInfo[] | undefined> {
  if (names === undefined) return pickVariants(found, await engine.images());
  const named = found.variants.filter((it) => names.includes(it.name));
  return named.length > 0 ? named : undefined;
}

/** What is tried, and with what. */
interface Act {
  readonly services: Services;
  readonly engine: Engine;
  readonly file: Uri;
  readonly plan: BuildPlan;
  readonly trial: OpenTrial;
  readonly smoke: SmokeOptions;
  readonly signal: AbortSignal;
}

async function tryAll(
  services: Services,
  engine: Engine,
  file: Uri,
  found: VariantsResult,
  variants: readonly VariantInfo[],
  limit: number,
): Promise<TryVariantsResult> {
  const plan = await planOf(services, file, found.text);
  if (plan === undefined) return cancelled;
  const stop = new AbortController();
  const name = workspace.asRelativePath(file);
  let draw = (_: Trial) => {};
  const about = { dockerfile: file.fsPath, name, refused: found.refused };
  const trial = openTrial(about, variants, (it) => draw(it));
  draw = services.variantsPanel.begin(trial.now(), found, () => stop.abort());
  const smoke = { ...environmentOf(services, file), limit, checkEvery };
  const act: Act = { services, engine, file, plan, trial, smoke, signal: stop.signal };
  try {
    await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t("Trying other bases for {0}", name),
        cancellable: true,
      },
      (progress, token) => {
        token.onCancellationRequested(() => stop.abort());
        return tryEach(act, variants, (message) => progress.report({ message }));
      },
    );
  } catch (error) {
    // What is built or started besides ends with it.
    stop.abort();
    throw error;
  } finally {
    trial.end();
    services.images.refresh();
  }
  return { outcome: "tried", rows: trial.now().rows };
}

/** What was answered at the last build counts; what is tried is no answer for the next one. */
async function planOf(
  { language, memory }: Services,
  file: Uri,
  dockerfileText: string,
): Promise<BuildPlan | undefined> {
  const stages = await language.stages(file);
  const given = {
    dockerfile: file.fsPath,
    dockerfileText,
    tag: tagOf("base", file),
    moreTags: [],
    builder: null,
  };
  return planBuild(
    file,
    stages,
    { ...withoutAnswers(memory), answers: memory.answers },
    given,
    async () => [],
  );
}

/** One build after the other. A container waits for its health check most of its time: the next one is built meanwhile. */
async function tryEach(
  act: Act,
  variants: readonly VariantInfo[],
  tell: (message: string) => void,
): Promise<void> {
  const starts: Promise<void>[] = [];
  for (const [row, variant] of variants.entries()) {
    tell(variant.name);
    const tag = await build(act, row, variant);
    if (tag === undefined) continue;
    const start = startAndLook(act, row, tag);
    // It is awaited below, when all are built.
    start.catch(() => {});
    starts.push(start);
  }
  tell(l10n.t("waiting until they are ready"));
  await Promise.all(starts);
}

/** The name of the image; undefined when there is none. */
async function build(
  { services, engine, file, plan, trial, signal }: Act,
  row: number,
  variant: VariantInfo,
): Promise<string | undefined> {
  trial.set(row, { state: "building" });
  const tag = tagOf(variant.name, file);
  const tell = (step: string) => trial.set(row, { step });
  const built = await buildVariant(services, engine, plan, variant, tag, tell, signal);
  if (built.state !== "built") {
    const { state } = built;
    trial.set(row, { state, step: undefined, ...(state === "not-built" && { failure: built }) });
    return undefined;
  }
  const { unpackedSize, compressedSize } = await engine.inspectImage(built.imageId, signal);
  trial.set(row, { state: "starting", step: undefined, tag, unpackedSize, compressedSize });
  return tag;
}

async function startAndLook({ engine, trial, smoke, signal }: Act, row: number, tag: string): Promise<void> {
  const start = await smokeCheck(engine, tag, smoke, signal);
  trial.set(row, { state: "tried", start });
}

/** One for each Dockerfile and base: what is tried again takes the place of what was tried before. */
function tagOf(name: string, { fsPath }: Uri): string {
  const hash = createHash("sha256").update(fsPath).digest("hex").slice(0, 8);
  return `plimsoll-variant:${name.replace(/[^\w.-]/g, "-")}-${hash}`;
}

/** What the image of this Dockerfile was last run with: a service may not start without. */
function environmentOf(
  { memory, runMemory }: Services,
  { fsPath }: Uri,
): { environment?: readonly string[] } {
  const tag = memory.built().find((it) => it.dockerfile === fsPath)?.tag;
  const environment = tag === undefined ? undefined : runMemory.settings(tag)?.environment;
  return environment === undefined ? {} : { environment };
}
