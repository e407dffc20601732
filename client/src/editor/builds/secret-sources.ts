import { homedir } from "node:os";
import { l10n, window } from "vscode";
import type { SecretSource } from "../../engine/build/build-types.ts";
import type { ChosenSecret } from "./build-draft.ts";

/** Where a secret comes from, in a few words and never with its value. */
export function shownSource(from: ChosenSecret | undefined): string {
  switch (from?.kind) {
    case undefined:
      return l10n.t("not given");
    case "file":
      return from.path.startsWith(homedir()) ? `~${from.path.slice(homedir().length)}` : from.path;
    case "environment":
      return `$${from.variable}`;
    case "value":
      return l10n.t("typed");
    case "ask":
      return l10n.t("typed when the build begins");
  }
}

/**
 * Asks where a secret comes from. Undefined when the user leaves, null for none. What is suggested is only suggested: nothing is
 * handed to a build that was not chosen.
 */
export async function askSource(id: string): Promise<ChosenSecret | null | undefined> {
  const likely = [id, id.toUpperCase().replace(/\W/g, "_")].find((it) => process.env[it] !== undefined);
  const items = [
    ...(likely === undefined
      ? []
      : [{ label: `$(symbol-variable) $${likely}`, description: l10n.t("is set"), choice: "likely" }]),
    { label: l10n.t("$(file) A file…"), description: "", choice: "file" },
    { label: l10n.t("$(symbol-variable) An environment variable…"), description: "", choice: "environment" },
    {
      label: l10n.t("$(key) Type it"),
      description: l10n.t("asked for at each build, never kept"),
      choice: "value",
    },
    { label: l10n.t("$(circle-slash) Not given"), description: "", choice: "none" },
  ];
  const title = l10n.t("Secret {0}", id);
  switch ((await window.showQuickPick(items, { title }))?.choice) {
    case "likely":
      return likely === undefined ? undefined : { kind: "environment", variable: likely };
    case "file": {
      const picked = await window.showOpenDialog({ title, canSelectMany: false });
      return picked?.[0] && { kind: "file", path: picked[0].fsPath };
    }
    case "environment": {
      const variable = await window.showInputBox({
        title,
        prompt: l10n.t("Name of the environment variable"),
        value: likely ?? "",
        validateInput: (text) => (/^\w+$/.test(text) ? undefined : l10n.t("A name like NPM_TOKEN")),
      });
      return variable === undefined ? undefined : { kind: "environment", variable };
    }
    case "value":
      return askTypedSecret(id);
    case "none":
      return null;
    default:
      return undefined;
  }
}

/** Asks for a secret's value, unseen. Undefined when the user leaves. */
export async function askTypedSecret(id: string): Promise<SecretSource | undefined> {
  const value = await window.showInputBox({
    title: l10n.t("Secret {0}", id),
    prompt: l10n.t("Its value. It is handed to this build and kept nowhere."),
    password: true,
    ignoreFocusOut: true,
  });
  return value === undefined ? undefined : { kind: "value", value };
}

/** The user's agent for each id, where there is one. */
export function suggestedSsh(ids: readonly string[]): Record<string, readonly string[]> {
  return process.env["SSH_AUTH_SOCK"] ? Object.fromEntries(ids.map((id) => [id, []])) : {};
}

/** What an SSH mount gets, for the sheet; an empty list stands for the agent, undefined for nothing. */
export function shownSsh(keys: readonly string[] | undefined): string {
  if (keys === undefined) return l10n.t("not forwarded");
  return keys.length === 0
    ? l10n.t("your SSH agent")
    : keys.map((it) => it.replace(homedir(), "~")).join(", ");
}

/** Asks what an SSH mount gets. Undefined when the user leaves, null for nothing. */
export async function askSsh(id: string): Promise<readonly string[] | null | undefined> {
  const title = l10n.t("SSH {0}", id);
  const items = [
    {
      label: l10n.t("$(plug) Your SSH agent"),
      description: process.env["SSH_AUTH_SOCK"] ? "" : l10n.t("SSH_AUTH_SOCK is not set"),
      choice: "agent",
    },
    { label: l10n.t("$(key) Key files…"), description: l10n.t("without a passphrase"), choice: "keys" },
    { label: l10n.t("$(circle-slash) Not forwarded"), description: "", choice: "none" },
  ];
  switch ((await window.showQuickPick(items, { title }))?.choice) {
    case "agent":
      return [];
    case "keys": {
      const picked = await window.showOpenDialog({ title, canSelectMany: true });
      return picked?.map((it) => it.fsPath);
    }
    case "none":
      return null;
    default:
      return undefined;
  }
}
