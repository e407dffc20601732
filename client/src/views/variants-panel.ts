import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { createVariantDiffs } from "../editor/variant-diff.ts";
import type { VariantsResult } from "../shared/server-messages.ts";
import type {
  KeptOfTrial,
  Trial,
  VariantsHostMessage,
  VariantsPageMessage,
} from "../shared/variants-messages.ts";
import { fillPanel } from "./page-html.ts";

const viewType = "plimsoll.variants";

/** The page of bases that are tried. There is one; another trial ends what it shows, and takes its place. */
export interface VariantsPanel extends Disposable {
  /**
   * Shows a trial that begins; `cancel` ends it. What is answered draws how it goes on, and does nothing any more when another
   * has taken its place.
   */
  begin(trial: Trial, found: VariantsResult, cancel: () => void): (trial: Trial) => void;
}

/** What the command that removes images says. */
interface Removal {
  readonly images?: readonly string[];
  readonly failure?: { readonly kind: string };
}

/** What the command that measures images says: bytes, in the order of the images. */
interface Measured {
  readonly transfers?: readonly (number | undefined)[];
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
  const { extensionUri } = context;
  const diffs = createVariantDiffs();
  let open: WebviewPanel | undefined;
  let shown: Shown | undefined;
  /** Names of images that were made, also by trials before, and are still there. */
  const made = new Set<string>();

  const draw = () => {
    if (open === undefined || shown === undefined) return;
    const message: VariantsHostMessage = { kind: "trial", trial: shown.trial, made: [...made] };
    void open.webview.postMessage(message);
  };
  const remove = async () => {
    const images = [...made];
    if (images.length === 0) return;
    const result = await commands.executeCommand<Removal>("plimsoll.removeImage", { images });
    // Somebody else has removed them.
    const isForgotten = result.failure?.kind === "not-found";
    const gone = isForgotten ? images : (result.images ?? []);
    for (const it of gone) made.delete(it);
    if (shown === undefined) return;
    const isGone = (tag: string | undefined) => tag !== undefined && gone.includes(tag);
    const rows = shown.trial.rows.map((it) => (isGone(it.tag) ? { ...it, tag: undefined } : it));
    shown.trial = { ...shown.trial, rows };
    draw();
  };
  const measure = async () => {
    const images =
      shown?.trial.rows.flatMap((it) => (it.compressedSize === undefined ? (it.tag ?? []) : [])) ?? [];
    const { transfers = [] } = await commands.executeCommand<Measured>("plimsoll.measureTransfer", {
      images,
    });
    if (shown === undefined) return;
    const measured = (tag: string | undefined) =>
      tag === undefined ? undefined : transfers[images.indexOf(tag)];
    const rows = shown.trial.rows.map((it) => ({
      ...it,
      compressedSize: it.compressedSize ?? measured(it.tag),
    }));
    shown.trial = { ...shown.trial, rows };
    draw();
  };
  const receive = async (message: VariantsPageMessage): Promise<void> => {
    const now = shown;
    if (now === undefined) return;
    const { dockerfile, rows } = now.trial;
    switch (message.kind) {
      case "ready":
        return draw();
      case "cancel":
        return now.cancel();
      case "again":
        await commands.executeCommand("plimsoll.tryVariants", { dockerfile });
        return;
      case "remove":
        return remove();
      case "measure-transfer":
        return measure();
      case "compare": {
        const built = rows.filter((it) => it.tag !== undefined);
        const images = built.map((it) => it.tag);
        const [labels, bases] = [built.map(labelOf), built.map((it) => it.base)];
        await commands.executeCommand("plimsoll.compareImageSizes", { images, labels, bases });
        return;
      }
      case "show-changes": {
        const variant = now.found?.variants.find((it) => it.name === message.name);
        if (variant) await diffs.show(dockerfile, variant.name, variant.text);
        return;
      }
      case "apply": {
        const variant = now.found?.variants.find((it) => it.name === message.name);
        if (variant === undefined || now.found === undefined) return;
        const { base, text } = variant;
        await commands.executeCommand("plimsoll.applyVariant", {
          dockerfile,
          before: now.found.text,
          text,
          base,
        });
        return;
      }
    }
  };
  /** The page is closed: a trial that runs ends, and nobody would find the images again. */
  const leave = () => {
    open = undefined;
    shown?.cancel();
    shown = undefined;
    if (made.size === 0) return;
    const button = l10n.t("Remove…");
    const message = l10n.t("Images that were tried are still there: {0}.", made.size);
    const answered = window.showInformationMessage(message, button);
    Promise.resolve(answered.then((it) => (it === button ? remove() : undefined))).catch(report);
  };
  const use = (panel: WebviewPanel) => {
    open = panel;
    panel.webview.onDidReceiveMessage((it: VariantsPageMessage) => void receive(it).catch(report));
    panel.onDidDispose(leave);
    fillPanel(panel, extensionUri, "variants", l10n.t("Other Bases"));
  };
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel: WebviewPanel, state: Partial<KeptOfTrial> | undefined) {
      const dockerfile = state?.dockerfile;
      if (dockerfile === undefined) return panel.dispose();
      const name = workspace.asRelativePath(Uri.file(dockerfile));
      const trial: Trial = { dockerfile, name, state: "again", rows: [], refused: [] };
      // The page is not trusted with names of any other image.
      for (const it of state?.made ?? []) if (it.startsWith("plimsoll-variant:")) made.add(it);
      shown = { trial, found: undefined, cancel: () => {} };
      use(panel);
    },
  });

  return {
    begin(trial, found, cancel) {
      shown?.cancel();
      const own: Shown = { trial, found, cancel };
      shown = own;
      if (open === undefined)
        use(window.createWebviewPanel(viewType, l10n.t("Other Bases"), ViewColumn.Active));
      else open.reveal();
      draw();
      return (now) => {
        for (const { tag } of now.rows) if (tag !== undefined) made.add(tag);
        own.trial = now;
        if (shown === own) draw();
      };
    },
    dispose() {
      serializer.dispose();
      diffs.dispose();
      open?.dispose();
    },
  };
}

function labelOf({ name, base }: Trial["rows"][number]): string {
  return name === "current" ? l10n.t("{0} (as it is)", base) : name;
}
