import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";

/** One answer on the sheet. `change` asks for another and keeps it; leaving it changes nothing. */
export interface SheetLine {
  readonly icon: string;
  readonly label: string;
  readonly value: string;
  readonly change: () => Promise<void>;
}

/**
 * Shows what is about to be done, with every answer filled in: Enter starts it, any other line changes that answer
 * first. Resolves to false when the user leaves. One look instead of a row of questions.
 */
export async function confirmSheet(
  title: string,
  start: () => { readonly icon: string; readonly label: string; readonly detail?: string },
  lines: () => readonly SheetLine[],
): Promise<boolean> {
  for (;;) {
    const { icon, label, detail } = start();
    const first: QuickPickItem = { label, iconPath: new ThemeIcon(icon), ...(detail && { detail }) };
    const items = lines().map((line) => ({
      label: line.label,
      description: line.value,
      iconPath: new ThemeIcon(line.icon),
      line,
    }));
    const separator: QuickPickItem = { label: "", kind: QuickPickItemKind.Separator };
    const picked = await window.showQuickPick<QuickPickItem & { line?: SheetLine }>(
      [first, separator, ...items],
      {
        title,
        matchOnDescription: true,
      },
    );
    if (picked === undefined) return false;
    if (picked.line === undefined) return true;
    await picked.line.change();
  }
}
