import type { Span } from "../../text/span.ts";

/**
 * The build context of a Dockerfile: what COPY can see. Handed in, so the model does no IO; where it is not
 * known (an untitled document, standard input) there is none and every question about it is `unknown`.
 */
export interface BuildContext {
  /**
   * `given`: a Compose file builds the Dockerfile in it. `guessed`: the nearest folder that holds what COPY names, so that what is
   * not in it may be in another.
   */
  readonly origin: "given" | "guessed";
  /** What keeps files out of the build. */
  readonly ignoreFile: ContextIgnoreFile;
  /** Path inside the context, with `/`, relative to its root. `unknown` if it cannot be read. Ignored files are there too. */
  exists(path: string): "file" | "directory" | "absent" | "unknown";
  /** Entry names of a directory; undefined when it cannot be read or is too large. */
  list(path: string): readonly string[] | undefined;
  /** Text of a small file (at most 256 KiB); undefined otherwise. */
  read(path: string): string | undefined;
  /** Bytes of a file of any size; undefined where that cannot be told. */
  size?(path: string): number | undefined;
  /** May somebody execute the file? Undefined where the file system does not tell, as on Windows. */
  isExecutable?(path: string): boolean | undefined;
  /**
   * Does the ignore file keep this path out of the build, whether it is there or not? `yes` for a folder of which
   * nothing can come back through an exception.
   */
  isIgnored(path: string): Ignored;
}

export interface Ignored {
  readonly is: "yes" | "no" | "unknown";
  /** The pattern that makes it so, for `yes` and where exceptions make it unknown. */
  readonly by?: IgnoredBy;
}

export interface IgnoredBy {
  /** As written. */
  readonly pattern: string;
  /** Of the ignore file, an absolute path. */
  readonly file: string;
  readonly span: Span;
}

/** `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore` in the context. */
export type ContextIgnoreFile =
  /** Where the two would be, absolute paths; `own` is undefined for a Dockerfile that has no path. */
  | { readonly kind: "none"; readonly common: string; readonly own: string | undefined }
  | {
      readonly kind: "read";
      readonly file: string;
      /** It is the Dockerfile's, wherever that is built. */
      readonly own: boolean;
      readonly ignoresAll: boolean;
      /** Undefined where it is no UTF-8, so that writing it back would change more of it. */
      readonly text: string | undefined;
    }
  | {
      readonly kind: "unreadable";
      readonly file: string;
      readonly own: boolean;
      readonly problem: string;
      /** Where Docker refuses it; undefined when it cannot be read at all. */
      readonly span: Span | undefined;
    };
