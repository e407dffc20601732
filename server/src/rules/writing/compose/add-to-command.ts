import type { ComposeProject, Service } from "../../../model/compose/project.ts";
import { valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import { execForm } from "../commands/exec-form.ts";

/**
 * Puts words behind those of a service's `command`, or of its `entrypoint` where it has no command. Written anew as a list, which has
 * no quotes of a shell in it. Undefined where it is not on one line, or variables are part of it.
 */
export function addToCommand(
  { file }: ComposeProject,
  service: Service,
  words: readonly string[],
): TextEdit | undefined {
  const key = service.command ? "command" : "entrypoint";
  const node = valueAt(service.node, key);
  const own = service[key]?.words;
  const isOnOneLine =
    node && !node.viaAlias && !file.text.slice(node.span.start, node.span.end).includes("\n");
  if (!isOnOneLine || !own || own.some((it) => it.includes("$") || it.includes(HOLE))) return undefined;
  const isBlock =
    node.kind === "scalar" ? /literal|folded/.test(node.style) : node.kind !== "sequence" || !node.flow;
  return isBlock ? undefined : replace(node.span, execForm([...own, ...words]));
}
