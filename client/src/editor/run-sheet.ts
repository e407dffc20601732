import { l10n, window, workspace } from "vscode";
import type { ImageConfig } from "../engine/engine.ts";
import { commandWords, writtenCommand } from "../shared/command-words.ts";
import { hasSecretWord, hidden, shownVariable } from "../shared/secrets.ts";
import { askEnvironment, askEnvironmentFiles } from "./run-environment.ts";
import type { RunDraft } from "./run-memory.ts";
import { askMounts, mountsAsText } from "./run-mounts.ts";
import { askPorts, exposedPorts, portsAsText } from "./run-ports.ts";
import type { SheetLine } from "./sheet.ts";

/** The lines of the sheet of Run Image. Each shows what will happen, and changes `draft` when it is picked. */
export function runLines(image: string, config: ImageConfig, draft: RunDraft): SheetLine[] {
  const ports = draft.ports ?? exposedPorts(config.exposedPorts);
  const asInImage = l10n.t("as in the image");
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
      value: draft.environment.map(shownVariable).join("  ") || asInImage,
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
    {
      icon: "chevron-right",
      label: l10n.t("Command"),
      value:
        draft.command === undefined ? wordsAsText(config.command) || asInImage : wordsAsText(draft.command),
      change: async () => {
        await askWords(
          l10n.t("Command of {0}", image),
          draft.command,
          (it) => {
            draft.command = it;
          },
          config.command,
        );
      },
    },
    {
      icon: "symbol-event",
      label: l10n.t("Entrypoint"),
      value:
        draft.entrypoint === undefined
          ? wordsAsText(config.entrypoint) || l10n.t("none, as in the image")
          : wordsAsText(draft.entrypoint) || l10n.t("none"),
      change: async () => {
        await askWords(
          l10n.t("Entrypoint of {0}", image),
          draft.entrypoint,
          (it) => {
            draft.entrypoint = it;
          },
          config.entrypoint,
        );
      },
    },
    {
      icon: "account",
      label: l10n.t("User"),
      value: draft.user ?? (config.user || "root"),
      change: () => askUser(config, draft),
    },
    {
      icon: "settings",
      label: l10n.t("Options"),
      value: options()
        .filter(({ key, inverted }) => draft[key] !== inverted)
        .map((it) => it.label)
        .join(", "),
      change: () => askOptions(draft),
    },
  ];
}

function options(): readonly {
  readonly key: "init" | "readOnly" | "keep";
  /** Ticked when the draft says no. */
  readonly inverted: boolean;
  readonly label: string;
  readonly description: string;
}[] {
  return [
    {
      key: "keep",
      inverted: true,
      label: l10n.t("remove on stop"),
      description: l10n.t("its files go with it, volumes with a name stay"),
    },
    {
      key: "init",
      inverted: false,
      label: l10n.t("init process"),
      description: l10n.t("hands signals on and reaps, for programs that do not"),
    },
    {
      key: "readOnly",
      inverted: false,
      label: l10n.t("read-only"),
      description: l10n.t("nothing but its volumes can be written"),
    },
  ];
}

async function askOptions(draft: RunDraft): Promise<void> {
  const items = options().map((it) => ({ ...it, picked: draft[it.key] !== it.inverted }));
  const picked = await window.showQuickPick(items, { title: l10n.t("Options"), canPickMany: true });
  if (picked === undefined) return;
  for (const { key, inverted } of options())
    draft[key] = picked.some((it) => it.key === key) ? !inverted : inverted;
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

async function askWords(
  title: string,
  given: readonly string[] | undefined,
  keep: (words: readonly string[] | undefined) => void,
  own: readonly string[] | undefined,
): Promise<void> {
  const text = await window.showInputBox({
    title,
    value: given === undefined ? "" : writtenCommand(given),
    placeHolder: own === undefined ? l10n.t("none in the image") : writtenCommand(own),
    prompt: l10n.t(
      "Words with quotes as in a shell, or a JSON list; empty for the image’s own, [] for none at all.",
    ),
    validateInput: (it) => (commandWords(it) ? undefined : l10n.t("A quote is not closed.")),
  });
  if (text === undefined) return;
  keep(text.trim() === "" ? undefined : commandWords(text));
}

function wordsAsText(words: readonly string[] | undefined): string {
  if (words === undefined) return "";
  return hasSecretWord(words) ? `${words[0] ?? ""} ${hidden}` : writtenCommand(words);
}
