import type { ComposeProject } from "../../model/compose/project.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { VariableLookup } from "../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import type { DotenvFile } from "../../syntax/dotenv/parse.ts";

/** The files that share names with each other, read; the host does the IO. Paths are absolute. */
export interface NameSources {
  readonly compose: readonly ComposeSource[];
  readonly dockerfiles: readonly DockerfileSource[];
  /** `.env` files beside Compose files, and those of `env_file`. */
  readonly env: readonly EnvSource[];
  /** Configurations that services mount. */
  readonly mounted: readonly MountedSource[];
  /** False where there were too many files to read: then a rename may miss some. */
  readonly complete: boolean;
}

export interface ComposeSource {
  readonly path: string;
  readonly file: ComposeFile;
  /** Of the document that was asked about: what is known of its services is kept with them. */
  readonly services?: ComposeProject["services"];
  /** What is known to be set for its interpolation. */
  readonly variables: VariableLookup;
  /** Files that its variables are looked for in, the nearest first. */
  readonly envFiles: readonly string[];
  /** Those of the files that include it or extend a service of it, which go before its own. */
  readonly outerEnvFiles: readonly string[];
  /** Files of one group are merged by Compose. */
  readonly group: string;
  /** Groups that it includes, directly or through others. */
  readonly inner: readonly string[];
  /** Groups that include it or extend services of it. */
  readonly outer: readonly string[];
  /** A path that the file names, as an absolute one; several are taken one below the other. */
  resolve(...steps: readonly string[]): string;
}

export interface DockerfileSource {
  readonly path: string;
  readonly model: DockerfileModel;
}

/** A configuration that a service of a group mounts. */
export interface MountedSource {
  readonly path: string;
  readonly text: string;
  readonly source: ComposeSource;
  readonly service: string;
}

export interface EnvSource {
  readonly path: string;
  readonly file: DotenvFile;
}
