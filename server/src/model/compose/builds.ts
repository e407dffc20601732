import { entriesOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";

/** What a service is built from, as written; the Dockerfile counts from the context. */
export interface WrittenBuild {
  readonly context: string;
  readonly dockerfile: string;
}

/**
 * The builds of a file's services that name a folder and a Dockerfile without a variable (compose-spec build.md, read
 * 2026-11).
 */
export function buildsOf({ root }: ComposeFile): readonly WrittenBuild[] {
  return entriesOf(valueAt(root, "services")).flatMap(({ value }) => {
    const build = valueAt(value, "build");
    if (!build || build.kind === "sequence" || scalarAt(build, "dockerfile_inline") !== undefined) return [];
    const isShort = build.kind === "scalar";
    const context = isShort ? build.value : (scalarAt(build, "context")?.value ?? ".");
    const dockerfile = (isShort ? undefined : scalarAt(build, "dockerfile")?.value) ?? "Dockerfile";
    return /[$]|^[a-z][a-z0-9+.-]+:|^git@/i.test(context + dockerfile) ? [] : [{ context, dockerfile }];
  });
}
