import { l10n, window } from "vscode";
import { withNotification } from "../../editor/cancellable.ts";
import { chooseInRegistry } from "../../editor/images/choose-in-registry.ts";
import { followTransfer } from "../../editor/images/transfer-progress.ts";
import type { Engine } from "../../engine/engine.ts";
import type { RegistryImage } from "../../engine/registry/registry-types.ts";
import { failureOf } from "../../engine-access.ts";
import type { Services } from "../command.ts";
import { cancelled, type NotDone } from "../with-engine.ts";
import type { OtherImage } from "./image-at-revision.ts";

/** What a registry tells without pulling. Bytes as transferred; `against` those of the image it is compared with, where they are known. */
export interface RegistryTold {
  readonly outcome: "told";
  readonly told: RegistryImage;
  readonly against: number | undefined;
}

interface Wanted {
  /** As one would pull it; asked for when absent. */
  readonly reference?: string;
  /** Whether it is pulled; asked when absent, with what that transfers. */
  readonly pull?: boolean;
}

/**
 * An image of a registry, pulled once the user has seen what that transfers. `own` is what it will be compared with, if that is known.
 * Throws EngineError.
 */
export async function imageInRegistry(
  { images }: Pick<Services, "images">,
  engine: Engine,
  { reference: given, pull }: Wanted,
  own: OtherImage | undefined,
): Promise<OtherImage | RegistryTold | NotDone> {
  const against = own && (await engine.inspectImage(own.imageId)).compressedSize;
  for (let asked = given; ; asked = undefined) {
    const reference = asked ?? (await askReference(own?.label))?.trim();
    if (reference === undefined) return cancelled;
    if (pull !== true) {
      const asking = await manifestOf(engine, reference);
      if (asking === undefined) return cancelled;
      const { told, error } = asking;
      if (pull === false) {
        if (told === undefined) throw error;
        return { outcome: "told", told, against };
      }
      const why = error instanceof Error ? error.message : undefined;
      const choice = await chooseInRegistry(reference, told ?? why ?? "", against, await engine.images());
      if (choice === undefined) return cancelled;
      if (choice.kind === "other") continue;
      if (choice.kind === "here") return { imageId: choice.imageId, label: reference };
    }
    await followTransfer(l10n.t("Pulling {0}", reference), (signal) =>
      engine.store.pull(reference, undefined, signal),
    );
    images.refresh();
    return { imageId: (await engine.inspectImage(reference)).id, label: reference };
  }
}

function askReference(label: string | undefined): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("An image in a registry"),
    prompt: l10n.t("As one would pull it. The registry is asked what it weighs; nothing is pulled yet."),
    placeHolder: "ghcr.io/team/app:1.0",
    value: label?.includes("/") ? label : "",
    validateInput: (text) =>
      /^\s*\S+\s*$/.test(text) ? undefined : l10n.t("A name like alpine:3.24 or ghcr.io/team/app:1.0"),
  });
}

interface Asking {
  readonly told?: RegistryImage;
  /** Why it does not tell. */
  readonly error?: unknown;
}

/** What the registry tells, or why it does not; undefined when the user cancels. */
function manifestOf(engine: Engine, reference: string): Thenable<Asking | undefined> {
  const title = l10n.t("Asking the registry for {0}", reference);
  return withNotification(title, async (signal) => {
    try {
      return { told: await engine.registries.image(reference, signal) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined || failure.kind === "unreachable") throw error;
      return failure.kind === "cancelled" ? undefined : { error };
    }
  });
}
