import { commands, l10n } from "vscode";
import type { VariantsResult } from "../shared/server-messages.ts";
import type { Trial } from "../shared/variants-messages.ts";

/** What the command that removes images says. */
interface Removal {
  readonly images?: readonly string[];
  readonly failure?: { readonly kind: string };
}

/** What the command that measures images says: bytes, in the order of the images. */
interface Measured {
  readonly transfers?: readonly (number | undefined)[];
}

/** Removes images of trials, after the user was asked. Ends with those that are gone. */
export async function removeTried(images: readonly string[]): Promise<readonly string[]> {
  if (images.length === 0) return [];
  const result = await commands.executeCommand<Removal>("plimsoll.removeImage", { images });
  // Somebody else has removed them.
  const isForgotten = result.failure?.kind === "not-found";
  return isForgotten ? images : (result.images ?? []);
}

/** The trial without images that are gone. */
export function withoutImages(trial: Trial, gone: readonly string[]): Trial {
  const isGone = (tag: string | undefined) => tag !== undefined && gone.includes(tag);
  return { ...trial, rows: trial.rows.map((it) => (isGone(it.tag) ? { ...it, tag: undefined } : it)) };
}

/** Bytes that the transfer of each image takes, by its name: of those of which the engine did not tell. */
export async function measureTried({ rows }: Trial): Promise<ReadonlyMap<string, number>> {
  const images = rows.flatMap((it) => (it.compressedSize === undefined ? (it.tag ?? []) : []));
  const { transfers = [] } = await commands.executeCommand<Measured>("plimsoll.measureTransfer", { images });
  return new Map(
    images.flatMap((it, at) => {
      const bytes = transfers[at];
      return bytes === undefined ? [] : [[it, bytes] as const];
    }),
  );
}

/** The trial with transfers that were measured. */
export function withTransfers(trial: Trial, transfers: ReadonlyMap<string, number>): Trial {
  const rows = trial.rows.map((it) => ({
    ...it,
    compressedSize: it.compressedSize ?? transfers.get(it.tag ?? ""),
  }));
  return { ...trial, rows };
}

/** Compares the images of a trial that were built. */
export async function compareTried({ rows }: Trial): Promise<void> {
  const built = rows.filter((it) => it.tag !== undefined);
  const images = built.map((it) => it.tag);
  const [labels, bases] = [built.map(labelOf), built.map((it) => it.base)];
  await commands.executeCommand("plimsoll.compareImageSizes", { images, labels, bases });
}

function labelOf({ name, base }: Trial["rows"][number]): string {
  return name === "current" ? l10n.t("{0} (as it is)", base) : name;
}

/** Writes a variant into the Dockerfile. `found` is what was tried, and of which text. */
export async function applyTried(dockerfile: string, found: VariantsResult, name: string): Promise<void> {
  const variant = found.variants.find((it) => it.name === name);
  if (variant === undefined) return;
  const { base, text } = variant;
  await commands.executeCommand("plimsoll.applyVariant", { dockerfile, before: found.text, text, base });
}
