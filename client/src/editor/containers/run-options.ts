import { l10n, window } from "vscode";
import type { SheetLine } from "../sheet.ts";
import type { RunDraft } from "./run-memory.ts";

/** The line of the sheet with what is on or off. */
export function optionsLine(draft: RunDraft): SheetLine {
  return {
    icon: "settings",
    label: l10n.t("Options"),
    value: options()
      .filter(({ key, inverted }) => draft[key] !== inverted)
      .map((it) => it.label)
      .join(", "),
    change: () => askOptions(draft),
  };
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
