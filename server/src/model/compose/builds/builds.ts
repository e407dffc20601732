import { entriesOf, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import type { ImageFactsSource } from "../../image/facts.ts";
import type { BuildArguments } from "../../stage/dockerfile-model.ts";
import { knownText, type Reading } from "../reading/reading.ts";
import { readBuild } from "../section/build.ts";

/** What a service builds, as written: `dockerfile` relative to the context, and that to the Compose file. */
export interface NamedBuild {
  readonly context: string;
  readonly dockerfile: string | undefined;
  readonly args: BuildArguments;
  /** The stage that is built; undefined where it is the last one, or not known. */
  readonly target: string | undefined;
  /** Those that are known (compose-spec build.md#platforms, read 2026-11). */
  readonly platforms: readonly string[];
}

/** The Dockerfiles that the services of a file are built from; none for a context that is no folder or not known. */
export function buildsOf(
  { text, root }: ComposeFile,
  variables: VariableLookup,
  images: ImageFactsSource,
): readonly NamedBuild[] {
  const builds: NamedBuild[] = [];
  for (const { value } of entriesOf(valueAt(root, "services"))) {
    const node = valueAt(value, "build");
    // An override file adds `args` to the build of another file.
    if (node?.kind === "mapping" && !valueAt(node, "context") && !valueAt(node, "dockerfile")) continue;
    let named: Pick<NamedBuild, "context" | "dockerfile" | "args"> | undefined;
    const reading: Reading = {
      text,
      inputs: {
        images,
        dockerfile(context, dockerfile, args) {
          named = { context, dockerfile, args };
          return undefined;
        },
        inlineDockerfile: () => undefined,
        readFile: () => undefined,
        kindOf: () => "unknown",
        variables,
        defaults: "open",
        directory: undefined,
        alone: false,
        single: false,
      },
    };
    const build = readBuild(value, reading);
    const platforms = itemsOf(valueAt(node, "platforms")).flatMap(
      (it) => knownText(it, reading)?.value ?? [],
    );
    if (named) builds.push({ ...named, target: build?.target?.value || undefined, platforms });
  }
  return builds;
}
