import { resolve } from "node:path";
import type { EffectiveProject } from "../model/compose/effective/tree.ts";
import type { Session } from "./session.ts";

/**
 * What `read` makes of the files as they are now. Files of a project can have any name, and editors watch only those with ours: the others
 * are looked at again.
 */
export function newestProject(
  { disk, documents }: Session,
  read: () => EffectiveProject | undefined,
): EffectiveProject | undefined {
  const project = read();
  const before = disk.generation;
  for (const it of project?.paths ?? []) if (!documents.at(resolve(it))) disk.readNow(resolve(it));
  return disk.generation === before ? project : read();
}
