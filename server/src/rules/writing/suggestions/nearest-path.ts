import type { ComposeProject } from "../../../model/compose/project.ts";
import { nearestName } from "../../../text/nearest-name.ts";

/**
 * The path that was most likely meant by one at which there is nothing: of its parts the first that is not there is taken for
 * a slip, and the whole has to lead to something of this kind. Undefined where nothing is near, or folders cannot be read.
 */
export function nearestPath(
  path: string,
  { list, kindOf }: ComposeProject["files"],
  kind: "file" | "directory",
): string | undefined {
  const parts = path.split("/");
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? "";
    if (part === "" || part === "." || part === "..") continue;
    const above = parts.slice(0, at).join("/");
    if (kindOf([above, part].filter(Boolean).join("/")) !== "absent") continue;
    const near = nearestName(part, list?.(above || (path.startsWith("/") ? "/" : ".")) ?? []);
    if (near === undefined) return undefined;
    const found = [...parts.slice(0, at), near, ...parts.slice(at + 1)].join("/");
    return kindOf(found) === kind ? found : undefined;
  }
  return undefined;
}
