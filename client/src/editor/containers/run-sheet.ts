import { l10n, window, workspace } from "vscode";
import type { ImageConfig } from "../../engine/engine.ts";
import { shownVariable } from "../../shared/secrets.ts";
import type { SheetLine } from "../sheet.ts";
import { askEnvironment, askEnvironmentFiles } from "./run-environment.ts";
import type { RunDraft } from "./run-memory.ts";
import { askMounts, mountsAsText } from "./run-mounts.ts";
import { optionsLine } from "./run-options.ts";
import { askPorts, exposedPorts, portsAsText } from "./run-ports.ts";
import { commandLine, entrypointLine } from "./run-words.ts";

/** The lines of the sheet of Run Image. Each shows what will happen, and changes `draft` when it is picked. */
export function runLines(image: string, config: ImageConfig, draft: RunDraft): SheetLine[] {
  const ports = draft.ports ?? exposedPorts(config.exposedPorts);
  return [
    {
      icon: draft.interactive ? "terminal" : "server-process",
      label: l10n.t("Mode"),
      value: draft.interactive
        ? l10n.t("interactive, in a terminal")
        : l10n.t("in the background, output in a terminal"),
      change: async () => {
        draft.interactive = !draft.interactive;
      },
    },
    {
      icon: "plug",
      label: l10n.t("Ports"),
      value: portsAsText(ports) || l10n.t("none"),
      change: async () => {
        draft.ports = (await askPorts(ports)) ?? draft.ports;
      },
    },
    {
      icon: "symbol-variable",
      label: l10n.t("Environment"),
      value: draft.environment.map(shownVariable).join("  ") || l10n.t("as in the image"),
      change: () => askEnvironment(config, draft),
    },
    {
      icon: "file",
      label: l10n.t("Environment files"),
      value:
        (draft.environmentFiles ?? []).map((it) => workspace.asRelativePath(it)).join("  ") || l10n.t("none"),
      change: () => askEnvironmentFiles(draft),
    },
    {
      icon: "folder",
      label: l10n.t("Mounts"),
      value: mountsAsText(config, draft),
      change: () => askMounts(config, draft),
    },
    commandLine(image, config, draft),
    entrypointLine(image, config, draft),
    {
      icon: "account",
      label: l10n.t("User"),
      value: draft.user ?? (config.user || "root"),
      change: () => askUser(config, draft),
    },
    optionsLine(draft),
  ];
}

async function askUser({ user }: ImageConfig, draft: RunDraft): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t("User"),
    value: draft.user ?? "",
    placeHolder: user || "root",
    prompt: l10n.t("A name or number, also with a group (1000:1000); empty for the image’s own."),
    validateInput: (it) => (/^[\w.-]*(:[\w.-]+)?$/.test(it) ? undefined : l10n.t("For example 1000:1000")),
  });
  if (text !== undefined) draft.user = text === "" ? undefined : text;
}
