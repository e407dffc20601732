import type { ComposeProject } from "../model/compose/project.ts";
import { checkCompose, checkDockerfile } from "../rules/check.ts";
import type { CheckOptions } from "../rules/check-options.ts";
import { checkEnvironmentFile, checkIgnoreFile } from "../rules/check-side-files.ts";
import type { Problem } from "../rules/rule.ts";
import type { Configured } from "./configuration/configuration-files.ts";
import { encodingProblems } from "./encoding.ts";
import { environmentOf } from "./environment/environment-files.ts";
import { ignoreFileAt } from "./ignore-files.ts";
import type { FileKind } from "./languages.ts";
import {
  type ConfiguredArguments,
  modelOfDockerfile,
  projectOfCompose,
  type Surroundings,
} from "./models.ts";
import type { Shellcheck } from "./shellcheck.ts";

/** Everything that is wrong in a text; the same for the server and the command line. */
export function checkFile(
  kind: FileKind,
  text: string,
  path: string | undefined,
  around: Surroundings,
  options: CheckOptions,
  configured?: ConfiguredArguments,
  shellcheck?: Shellcheck,
): Problem[] {
  switch (kind) {
    case "dockerfile": {
      const model = modelOfDockerfile(text, path, around, configured);
      return checkDockerfile(model, { ...options, found: shellcheck?.problemsOf(model) ?? [] });
    }
    case "compose":
      return checkComposeFile(
        projectOfCompose(text, path, around, "open", configured),
        path,
        around,
        options,
      );
    case "environment":
      return checkEnvironmentFile(environmentOf(text, path, around), options);
    case "ignore":
      return checkIgnoreFile(ignoreFileAt(text, path, around), options);
  }
}

/** What is wrong in a Compose file, its encoding on disk included. */
export function checkComposeFile(
  project: ComposeProject,
  path: string | undefined,
  { disk }: Pick<Surroundings, "disk">,
  options: CheckOptions,
): Problem[] {
  return checkCompose(project, { ...options, found: encodingProblems(project.file.text, path, disk) });
}

/** What a configuration says of the checks. */
export function optionsOf({ severities, allRules, policy, ignoreComments }: Configured): CheckOptions {
  return { severities, allRules, policy, ignoreComments };
}
