import { l10n } from "vscode";
import { formatAge } from "../../shared/age.ts";
import { formatBytes } from "../../shared/figures.ts";
import type { SizeRecord } from "../../sizes/history/size-history.ts";

/** A build as lists and pages name it: `go-api:latest, 2 hours ago`, `92 MB · 1a2b3c4 with changes`. */
export function describeRecord({ tag, time, total, commit }: SizeRecord): {
  readonly label: string;
  readonly description: string;
} {
  const parts = [formatBytes(total), ...(commit === undefined ? [] : [commitText(commit)])];
  return { label: `${tag}, ${formatAge(Date.now() - time)}`, description: parts.join(" · ") };
}

/** `1a2b3c4`, `1a2b3c4 with changes`. */
export function commitText({ id, isDirty }: NonNullable<SizeRecord["commit"]>): string {
  const short = id.slice(0, 7);
  return isDirty ? l10n.t("{0} with changes", short) : short;
}
