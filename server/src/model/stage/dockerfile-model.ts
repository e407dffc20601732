import type { Dockerfile } from "../../syntax/dockerfile/tree.ts";
import type { ShellReader } from "../../syntax/shell/script.ts";
import { type Noted, notebook } from "../../text/notes.ts";
import type { BuildContext } from "../context/build-context.ts";
import type { ImageFactsSource } from "../image/facts.ts";
import type { PackageIndex } from "../image/package-index.ts";
import type { Stage } from "./stage.ts";

/** `--build-arg` values from a Compose service or a configuration, by name; undefined for one that is given but not known. */
export type BuildArguments = Readonly<Record<string, string | undefined>>;

/** What the evaluation is fed with besides the file. */
export interface ModelInputs {
  readonly images: ImageFactsSource;
  readonly shell: ShellReader;
  /** Absent where nothing is known of what package managers find. */
  readonly packages?: PackageIndex | undefined;
  /** Undefined when the file's place is not known. */
  readonly context: BuildContext | undefined;
  /**
   * The Dockerfile's own folder where no folder holds all that COPY names, so that there is no `context`: good for finding what
   * was meant, and for nothing else.
   */
  readonly ownFolder?: BuildContext;
  readonly buildArguments: BuildArguments;
  /** Names of additional build contexts that Compose files around are known to give. There may be others. */
  readonly contexts?: readonly string[];
  /** Platforms that Compose files around are known to build it for. */
  readonly platforms?: readonly string[];
}

/** A Dockerfile as the stages it describes. Made by `evaluateDockerfile`; answers are computed when asked for and kept. */
export interface DockerfileModel extends Noted {
  readonly file: Dockerfile;
  readonly inputs: ModelInputs;
  readonly stages: readonly Stage[];
  /** The last stage: what `docker build` without `--target` gives. */
  readonly finalStage: Stage | undefined;
  /** By name (case-insensitive) or index, as COPY --from means it; only stages before `before` when given. */
  findStage(reference: string, before?: Stage): Stage | undefined;
  /**
   * What a stage was in the model before the last edit, when that changed none of its instructions nor those of the stages
   * that it needs: it stands at other offsets, or comments and blank lines between its instructions are others. A stage
   * behind which the edit stands is the same object in both.
   */
  beforeEdit(stage: Stage): Stage | undefined;
}

export const notedOnModel = notebook<DockerfileModel>();
