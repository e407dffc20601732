import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { VariableLookup } from "../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import type { ImageFactsSource } from "../image/facts.ts";
import type { BuildArguments } from "../stage/dockerfile-model.ts";
import type { Reading } from "./reading.ts";
import { readBuild } from "./section/build.ts";

/** What a service builds, as written: `dockerfile` relative to the context, and that to the Compose file. */
export interface NamedBuild {
  readonly context: string;
  readonly dockerfile: string | undefined;
  readonly args: BuildArguments;
}

/** The Dockerfiles that the services of a file are built from; none for a context that is no folder or not known. */
export function buildsOf(
  { text, root }: ComposeFile,
  variables: VariableLookup,
  images: ImageFactsSource,
): readonly NamedBuild[] {
  const builds: NamedBuild[] = [];
  const reading: Reading = {
    text,
    inputs: {
      images,
      dockerfile(context, dockerfile, args) {
        builds.push({ context, dockerfile, args });
        return undefined;
      },
      readFile: () => undefined,
      kindOf: () => "unknown",
      variables,
      defaults: "open",
      directory: undefined,
      alone: false,
    },
  };
  for (const { value } of entriesOf(valueAt(root, "services"))) {
    const build = valueAt(value, "build");
    // An override file adds `args` to the build of another file.
    if (build?.kind === "mapping" && !valueAt(build, "context") && !valueAt(build, "dockerfile")) continue;
    readBuild(value, reading);
  }
  return builds;
}
