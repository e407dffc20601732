import type { ComposeProject } from "../../../model/compose/project.ts";
import { literally } from "../../../text/literally.ts";

/** Is it a service of a Compose file beside this one, which may be given with it? */
export function isServiceBeside(host: string, { files, single }: ComposeProject): boolean {
  if (single || !/^[\w.-]+$/.test(host)) return false;
  const key = new RegExp(`^\\s+["']?${literally(host)}["']?:`, "m");
  const others = (files.list?.(".") ?? []).filter((it) => /compose.*\.ya?ml$/i.test(it));
  return others.slice(0, MOST_FILES).some((it) => key.test(files.readFile(it) ?? ""));
}

const MOST_FILES = 30;
