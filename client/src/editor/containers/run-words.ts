import { l10n, window } from "vscode";
import type { ImageConfig } from "../../engine/engine.ts";
import { commandWords, writtenCommand } from "../../shared/command-words.ts";
import { hasSecretWord, hidden } from "../../shared/secrets.ts";
import type { SheetLine } from "../sheet.ts";
import type { RunDraft } from "./run-memory.ts";

/** The line of the sheet with the command that the entrypoint is given. */
export function commandLine(image: string, config: ImageConfig, draft: RunDraft): SheetLine {
  const { command } = draft;
  const asInImage = wordsAsText(config.command) || l10n.t("as in the image");
  return {
    icon: "chevron-right",
    label: l10n.t("Command"),
    value: command === undefined ? asInImage : wordsAsText(command),
    change: () => askWords("command", l10n.t("Command of {0}", image), config, draft),
  };
}

/** The line of the sheet with the entrypoint. */
export function entrypointLine(image: string, config: ImageConfig, draft: RunDraft): SheetLine {
  const { entrypoint } = draft;
  const asInImage = wordsAsText(config.entrypoint) || l10n.t("none, as in the image");
  return {
    icon: "symbol-event",
    label: l10n.t("Entrypoint"),
    value: entrypoint === undefined ? asInImage : wordsAsText(entrypoint) || l10n.t("none"),
    change: () => askWords("entrypoint", l10n.t("Entrypoint of {0}", image), config, draft),
  };
}

/** Nothing is changed when it is left. */
async function askWords(
  of: "command" | "entrypoint",
  title: string,
  { [of]: own }: ImageConfig,
  draft: RunDraft,
): Promise<void> {
  const given = draft[of];
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
  draft[of] = text.trim() === "" ? undefined : commandWords(text);
}

function wordsAsText(words: readonly string[] | undefined): string {
  if (words === undefined) return "";
  return hasSecretWord(words) ? `${words[0] ?? ""} ${hidden}` : writtenCommand(words);
}
