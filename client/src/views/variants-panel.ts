import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { createVariantDiffs } from "../editor/variants/variant-diff.ts";
import type { VariantsResult } from "../shared/server-messages.ts";
import type {
  KeptOfTrial,
  Trial,
  VariantsHostMessage,
  VariantsPageMessage,
} from "../shared/variants-messages.ts";
import { createSinglePage } from "./single-page.ts";
import {
  applyTried,
  compareTried,
  measureTried,
  removeTried,
  withoutImages,
  withTransfers,
} from "./tried-images.ts";

/** The page of bases that are tried. There is one; another trial ends what it shows, and takes its place. */
export interface VariantsPanel extends Disposable {
  /**
   * Shows a trial that begins; `cancel` ends it. What is answered draws how it goes on, and does nothing any more when another
   * has taken its place.
   */
  begin(trial: Trial, found: VariantsResult, cancel: () => void): (trial: Trial) => void;
}

/** What the page shows, and what its buttons need. */
interface Shown {
  trial: Trial;
  readonly found: VariantsResult | undefined;
  readonly cancel: () => void;
}

export function createVariantsPanel(
  context: ExtensionContext,
  report: (error: unknown) => void,
): VariantsPanel {
  const diffs = createVariantDiffs();
  let shown: Shown | undefined;
  /** Names of images that were made, also by trials before, and are still there. */
  const made = new Set<string>();

  const draw = () => {
    if (shown !== undefined) void page.tell({ kind: "trial", trial: shown.trial, made: [...made] });
  };
  const remove = async () => {
    const gone = await removeTried([...made]);
    for (const it of gone) made.delete(it);
    if (shown === undefined) return;
    shown.trial = withoutImages(shown.trial, gone);
    draw();
  };
  const measure = async ({ trial }: Shown) => {
    const transfers = await measureTried(trial);
    if (shown === undefined) return;
    shown.trial = withTransfers(shown.trial, transfers);
    draw();
  };
  const receive = async (message: VariantsPageMessage): Promise<void> => {
    if (shown === undefined) return;
    const { trial, found, cancel } = shown;
    switch (message.kind) {
      case "ready":
        return draw();
      case "cancel":
        return cancel();
      case "again":
        await commands.executeCommand("plimsoll.tryVariants", { dockerfile: trial.dockerfile });
        return;
      case "remove":
        return remove();
      case "measure-transfer":
        return measure(shown);
      case "compare":
        return compareTried(trial);
      case "show-changes": {
        const variant = found?.variants.find((it) => it.name === message.name);
        if (variant) await diffs.show(trial.dockerfile, variant.name, variant.text);
        return;
      }
      case "apply":
        return found && applyTried(trial.dockerfile, found, message.name);
    }
  };
  /** A trial that runs ends, and nobody would find the images again. */
  const leave = () => {
    shown?.cancel();
    shown = undefined;
    if (made.size === 0) return;
    const button = l10n.t("Remove…");
    const message = l10n.t("Images that were tried are still there: {0}.", made.size);
    const answered = window.showInformationMessage(message, button);
    Promise.resolve(answered.then((it) => (it === button ? remove() : undefined))).catch(report);
  };
  const page = createSinglePage<VariantsHostMessage, VariantsPageMessage, Partial<KeptOfTrial>>(
    context.extensionUri,
    {
      name: "variants",
      title: l10n.t("Other Bases"),
      receive,
      restore(kept) {
        if (kept?.dockerfile === undefined) return false;
        // Of images that others made nothing is removed.
        for (const it of kept.made ?? []) if (it.startsWith("plimsoll-variant:")) made.add(it);
        shown = { trial: keptTrial(kept.dockerfile), found: undefined, cancel: () => {} };
        return true;
      },
      closed: leave,
      report,
    },
  );

  return {
    begin(trial, found, cancel) {
      shown?.cancel();
      const own: Shown = { trial, found, cancel };
      shown = own;
      page.show(ViewColumn.Active);
      draw();
      return (now) => {
        for (const { tag } of now.rows) if (tag !== undefined) made.add(tag);
        own.trial = now;
        if (shown === own) draw();
      };
    },
    dispose() {
      page.dispose();
      diffs.dispose();
    },
  };
}

/** What is known of a trial in a window that was opened anew. */
function keptTrial(dockerfile: string): Trial {
  const name = workspace.asRelativePath(Uri.file(dockerfile));
  return { dockerfile, name, state: "again", rows: [], refused: [] };
}
