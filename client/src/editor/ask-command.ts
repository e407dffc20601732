import { l10n, window } from "vscode";
import { splitWords } from "../compose/split-words.ts";

/** Asks for a command as one types it in a shell; answers its words. It may hold a secret, so it is not remembered. */
export async function askCommand(
  title: string,
  prompt: string,
  mayBeEmpty: boolean,
): Promise<readonly string[] | undefined> {
  const text = await window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const words = splitWords(typed);
      if (words === undefined) return l10n.t("A quote is not closed.");
      return words.length === 0 && !mayBeEmpty ? l10n.t("Type a command.") : undefined;
    },
  });
  return text === undefined ? undefined : splitWords(text);
}
