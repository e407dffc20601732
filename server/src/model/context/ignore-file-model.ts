import type { IgnoreFile } from "../../syntax/dockerignore/ignore-file.ts";
import type { LineIndex } from "../../text/line-index.ts";
import type { BuildContext } from "./build-context.ts";

/** An ignore file as a file of its own, with the build context that it is about. */
export interface IgnoreFileModel {
  readonly text: string;
  readonly lines: LineIndex;
  readonly ignore: IgnoreFile;
  /** Absolute path; undefined for a text without a place. */
  readonly path: string | undefined;
  /**
   * `common`: the context's `.dockerignore`. `own`: a Dockerfile's, named after it. `podman`: `.containerignore`, which only
   * Podman and Buildah read.
   */
  readonly kind: "common" | "own" | "podman";
  /** What it is about, whatever the file itself lets in; undefined where the folder is not known. */
  readonly context: Pick<BuildContext, "exists" | "list" | "read" | "size"> | undefined;
  /** Dockerfiles that are built in the context, as far as they are found. */
  readonly dockerfiles: readonly IgnoringDockerfile[];
  /** The Dockerfile that an `own` file is named after; false when nothing has that name. */
  readonly hasDockerfile: boolean;
}

export interface IgnoringDockerfile {
  /** Absolute path. */
  readonly path: string;
  /** What its ignore file is: this one, or another (absolute path) that stands beside it under its own name. */
  readonly reads: "this" | { readonly other: string };
  /** What COPY and ADD take of the context by name, without wildcards and variables. */
  readonly sources: readonly { readonly path: string; readonly line: number }[];
}
