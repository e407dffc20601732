import type { Defaults, VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import type { ShellReader } from "../../../syntax/shell/script.ts";
import type { ImageFactsSource } from "../../image/facts.ts";
import type { BuildArguments, DockerfileModel } from "../../stage/dockerfile-model.ts";
import type { CompositionProblem } from "../effective/tree.ts";
import type { WholeProject } from "../whole/whole-project.ts";

/** What the reading of a project is fed with besides the file; the host does the IO. */
export interface ComposeInputs {
  readonly images: ImageFactsSource;
  /**
   * The Dockerfile that a service is built from, evaluated; undefined when it cannot be read. `context` is as written, relative
   * to the Compose file or absolute, never a URL; `dockerfile` is relative to the context, undefined for `Dockerfile`.
   * `args` are those that the service gives.
   */
  dockerfile(
    context: string,
    dockerfile: string | undefined,
    args: BuildArguments,
  ): DockerfileModel | undefined;
  /** The same of a Dockerfile whose text stands in the Compose file. */
  inlineDockerfile(context: string, text: string, args: BuildArguments): DockerfileModel | undefined;
  /** Reads what a shell is given; absent where no script is looked into. */
  readonly shell?: ShellReader;
  /** Text of a small file, its path relative to the Compose file or absolute; undefined when it cannot be read. */
  readFile(path: string): string | undefined;
  /** What is at a path, relative to the Compose file or absolute. */
  kindOf(path: string): "file" | "directory" | "absent" | "unknown";
  /** Names in a folder, its path relative to the Compose file or absolute; undefined when it cannot be read. */
  list?(path: string): readonly string[] | undefined;
  /** Variables for interpolation: `.env` beside the Compose file, settings. */
  readonly variables: VariableLookup;
  /** Whether a variable that is not among them takes its default. Rules are given a project that leaves it open. */
  readonly defaults: Defaults;
  /** Absolute path of the folder of the Compose file, `/` between its parts; undefined for an untitled document. */
  readonly directory: string | undefined;
  /**
   * True when the host knows of no other file that belongs to the project: the name is one that Compose looks for by itself,
   * there is no override file beside it, no `COMPOSE_FILE`, and no file beside it that extends or includes this one.
   */
  readonly alone: boolean;
  /** True when it is `alone`, and no other Compose file stands beside it that could be named with `-f`. */
  readonly single: boolean;
  /** True when Compose lays it beneath all others of the project, as the file that overrides stand beside; a single one is in any case. */
  readonly first?: boolean;
  /** What is wrong with how this file and others make a project; absent where only this one can be looked at. */
  readonly composition?: (file: ComposeFile) => readonly CompositionProblem[];
  /** The project of several files that this one belongs to; `before` is the one of the version before, read with the same inputs. */
  readonly whole?: (file: ComposeFile, before: WholeProject | undefined) => WholeProject | undefined;
}
