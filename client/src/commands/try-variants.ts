import { createHash } from "node:crypto";
import { l10n, ProgressLocation, type Uri, window, workspace } from "vscode";
import { planBuild } from "../editor/build-plan.ts";
import { pickDockerfile } from "../editor/pick-dockerfile.ts";
import { pickVariants } from "../editor/variant-picks.ts";
import type { Engine } from "../engine/engine.ts";
import { smokeCheck } from "../engine/smoke-check.ts";
import { failureOf } from "../engine-access.ts";
import type { VariantInfo, VariantsResult } from "../shared/server-messages.ts";
import type { Trial, TrialRow } from "../shared/variants-messages.ts";
import { buildVariant } from "./build-variant.ts";
import type { Command, Services } from "./command.ts";
import { cancelled, type NotDone, withEngine } from "./with-engine.ts";

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

/** Docker asks for health every 30 s where HEALTHCHECK says nothing else, and only then for the first time. */
const usualLimit = 60_000;

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

async function tryAll(
  services: Services,
  engine: Engine,
  file: Uri,
  found: VariantsResult,
  variants: readonly VariantInfo[],
  limit: number,
): Promise<TryVariantsResult> {
  const stages = await services.language.stages(file);
  // What was answered at the last build counts; what is tried is no answer for the next one.
  const memory = { ...services.memory, rememberAnswers: async () => {} };
  const tag = tagOf("base", file);
  const given = { dockerfile: file.fsPath, tag, moreTags: [], builder: null, dockerfileText: found.text };
  const plan = await planBuild(file, stages, memory, given, async () => []);
  if (plan === undefined) return cancelled;
  const stop = new AbortController();
  const rows = variants.map((it): TrialRow => ({ ...shownOf(it), state: "waiting" }));
  const trial = (state: Trial["state"]): Trial => ({
    dockerfile: file.fsPath,
    name: workspace.asRelativePath(file),
    state,
    rows: [...rows],
    refused: found.refused,
  });
  const set = (at: number, more: Partial<TrialRow>) => {
    const before = rows[at];
    if (before) rows[at] = { ...before, ...more };
    update(trial("running"));
  };
  const update = services.variantsPanel.begin(trial("running"), found, () => stop.abort());
  const options = environmentOf(services, file);
  const title = l10n.t("Trying other bases for {0}", workspace.asRelativePath(file));
  try {
    await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => stop.abort());
        const checks: Promise<void>[] = [];
        for (const [at, variant] of variants.entries()) {
          progress.report({ message: variant.name });
          set(at, { state: "building" });
          const name = tagOf(variant.name, file);
          const tell = (step: string) => set(at, { step });
          const built = await buildVariant(services, engine, plan, variant, name, tell, stop.signal);
          if (built.state !== "built") {
            set(at, {
              state: built.state,
              step: undefined,
              ...(built.state === "not-built" && { failure: built }),
            });
            continue;
          }
          const { unpackedSize, compressedSize } = await engine.inspectImage(built.imageId, stop.signal);
          set(at, { state: "starting", step: undefined, tag: name, unpackedSize, compressedSize });
          // A container waits for its health check most of the time: the next one is built meanwhile.
          const check = smokeCheck(engine, name, { ...options, limit }, stop.signal).then((start) =>
            set(at, { state: "tried", start }),
          );
          // It is awaited below, when all are built.
          check.catch(() => {});
          checks.push(check);
        }
        progress.report({ message: l10n.t("waiting until they are ready") });
        await Promise.all(checks);
      },
    );
  } catch (error) {
    stop.abort();
    if (failureOf(error)?.kind !== "cancelled") throw error;
    return cancelled;
  } finally {
    for (const [at, it] of rows.entries())
      if (["waiting", "building", "starting"].includes(it.state))
        rows[at] = { ...it, state: "cancelled", step: undefined };
    update(trial("over"));
    services.images.refresh();
  }
  return { outcome: "tried", rows };
}

function shownOf({ name, base, lacks, changes, checks }: VariantInfo): Omit<TrialRow, "state"> {
  return { name, base, lacks, changes, checks };
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
