import type { PackageManager } from "../../../model/image/facts.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { installCommand } from "../../knowledge/packages/system/install.ts";
import { insertBelow } from "./lines.ts";

/** What `installBelowFrom` installs, and how. */
export interface Installation {
  readonly name: string;
  readonly edits: readonly TextEdit[];
}

/**
 * Installs a package as the first thing in a stage, where that can be done as root with the image's own manager. `nameIn` says what a
 * manager calls it; undefined where it has none.
 */
export function installBelowFrom(
  { initial, model, from }: Stage,
  nameIn: (manager: PackageManager) => string | undefined,
): Installation | undefined {
  const { packageManager: manager, user, hasShell } = initial;
  if (!manager.known || manager.value === "none" || hasShell.is !== "yes") return undefined;
  const name = user.known && user.value.isRoot ? nameIn(manager.value) : undefined;
  const command = name === undefined ? undefined : installCommand(manager.value, name);
  if (name === undefined || command === undefined) return undefined;
  return { name, edits: [insertBelow(model.file, from, `RUN ${command}`)] };
}
