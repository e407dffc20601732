import { declareResource, type ResourceSection } from "../../model/compose/edit/declare-resource.ts";
import type { ComposeProject, Placed } from "../../model/compose/project.ts";
import type { Fix } from "../rule.ts";
import { replaceName } from "./replace-name.ts";

/** Fixes for a name that is declared nowhere: the one that was probably meant, then a declaration of its own. */
export function undeclaredFixes(
  { file }: ComposeProject,
  section: ResourceSection,
  name: Placed<string>,
  near: string | undefined,
): readonly Fix[] {
  const edits = isPlain(name.value) ? declareResource(file, section, name.value) : undefined;
  return [
    ...(near !== undefined && isPlain(near) ? replaceName(file, name, near, "safe") : []),
    ...(edits ? [{ kind: "unsafe", title: `Declare ${name.value} under ${section}`, edits } as const] : []),
  ];
}

/** What is near, as the end of a message. */
export function andNear(near: string | undefined): string {
  return near === undefined ? "" : `; ${near} is near`;
}

function isPlain(name: string): boolean {
  return /^[a-zA-Z][\w.-]*$/.test(name);
}
