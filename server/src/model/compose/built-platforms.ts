import { entriesOf, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile, YamlNode } from "../../syntax/compose/tree.ts";

/** What a service is built from, and for which platforms. */
export interface PlatformBuild {
  /** As written. */
  readonly context: string;
  readonly dockerfile: string;
  readonly platforms: readonly string[];
}

/** The builds of a file that name platforms (compose-spec build.md#platforms, read 2026-11). */
export function platformBuildsOf({ root }: ComposeFile): readonly PlatformBuild[] {
  return entriesOf(valueAt(root, "services")).flatMap(({ value }) => {
    const build = valueAt(value, "build");
    const platforms = itemsOf(valueAt(build, "platforms")).flatMap((it) => text(it) ?? []);
    if (platforms.length === 0) return [];
    const context = text(valueAt(build, "context")) ?? ".";
    return [{ context, dockerfile: text(valueAt(build, "dockerfile")) ?? "Dockerfile", platforms }];
  });
}

function text(node: YamlNode | undefined): string | undefined {
  return node?.kind === "scalar" ? node.value : undefined;
}
