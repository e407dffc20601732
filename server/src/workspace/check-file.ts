import { type CheckOptions, checkCompose, checkDockerfile } from "../rules/check.ts";
import type { Problem } from "../rules/rule.ts";
import type { FileKind } from "./languages.ts";
import { modelOfDockerfile, projectOfCompose, type Surroundings } from "./models.ts";

/** Everything that is wrong in a text; the same for the server and the command line. */
export function checkFile(
  kind: FileKind,
  text: string,
  path: string | undefined,
  around: Surroundings,
  options: CheckOptions,
): Problem[] {
  switch (kind) {
    case "dockerfile":
      return checkDockerfile(modelOfDockerfile(text, path, around), options);
    case "compose":
      return checkCompose(projectOfCompose(text, path, around, "open"), options);
  }
}
