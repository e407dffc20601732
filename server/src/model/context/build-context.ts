/**
 * The build context of a Dockerfile: what COPY can see. Handed in, so the model does no IO; where it is not
 * known (an untitled document, standard input) there is none and every question about it is `unknown`.
 */
export interface BuildContext {
  /** Path inside the context, with `/`, relative to its root. `unknown` if it cannot be read. */
  exists(path: string): "file" | "directory" | "absent" | "unknown";
  /** Entry names of a directory; undefined when it cannot be read or is too large. */
  list(path: string): readonly string[] | undefined;
  /** Text of a small file (at most 256 KiB); undefined otherwise. */
  read(path: string): string | undefined;
  /** May somebody execute the file? Undefined where the file system does not tell, as on Windows. */
  isExecutable?(path: string): boolean | undefined;
}
