import { l10n, window } from "vscode";
import { hidden, isSecretPair } from "../shared/secrets.ts";

/** `a=1  TOKEN=•••` */
export function shownPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${isSecretPair(name, value) ? hidden : value}`)
    .join("  ");
}

/** Lets the user add, change and take away names with values. Undefined when nothing was changed. */
export async function askPairs(
  title: string,
  pairs: Readonly<Record<string, string>>,
  example: string,
  isValue: (value: string) => boolean,
): Promise<Record<string, string> | undefined> {
  const items = [
    { label: l10n.t("$(add) Add…"), name: undefined },
    ...Object.keys(pairs).map((name) => ({
      label: name,
      description: isSecretPair(name, pairs[name] ?? "") ? hidden : (pairs[name] ?? ""),
      name,
    })),
  ];
  const picked = items.length === 1 ? items[0] : await window.showQuickPick(items, { title });
  if (picked === undefined) return undefined;
  const { name } = picked;
  const text = await window.showInputBox({
    title,
    value: name === undefined ? "" : `${name}=${pairs[name]}`,
    placeHolder: example,
    prompt:
      name === undefined ? l10n.t("For example {0}", example) : l10n.t("Leave it empty to take it away."),
    validateInput: (it) => {
      if (it === "" && name !== undefined) return undefined;
      const pair = parsePair(it);
      return pair && isValue(pair[1]) ? undefined : l10n.t("For example {0}", example);
    },
  });
  if (text === undefined) return undefined;
  const { [name ?? ""]: _, ...others } = pairs;
  const pair = parsePair(text);
  return pair ? { ...others, [pair[0]]: pair[1] } : others;
}

function parsePair(text: string): readonly [string, string] | undefined {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim();
  return at > 0 && name !== "" ? [name, text.slice(at + 1).trim()] : undefined;
}
