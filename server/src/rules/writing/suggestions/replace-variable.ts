import type { VariableReference } from "../../../syntax/dockerfile/variables.ts";
import { replace } from "../../../text/edit.ts";
import type { Fix } from "../../rule.ts";

/**
 * Names the variable that must have been meant; nothing where the name is not in its place just once. The value of a flag is read with
 * its quotes taken off, so that it may be anywhere there.
 */
export function replaceVariable(
  { name, nameSpan }: Pick<VariableReference, "name" | "nameSpan">,
  near: string,
  text: string,
): Fix[] {
  const written = text.slice(nameSpan.start, nameSpan.end);
  if (written.split(name).length !== 2) return [];
  const at = nameSpan.start + written.indexOf(name);
  const edits = [replace({ start: at, end: at + name.length }, near)];
  return [{ kind: "safe", title: `Replace ${name} with ${near}`, edits }];
}
