import type { FileKind } from "./languages.ts";

/** One version of one document. Never changes; an answer is made from one of them. */
export interface Snapshot {
  readonly uri: string;
  /** Undefined for a document that is no file, e.g. an untitled one. */
  readonly path: string | undefined;
  readonly kind: FileKind;
  readonly version: number;
  readonly text: string;
}

/** The open documents that are ours. */
export class Documents {
  readonly #byUri = new Map<string, Snapshot>();
  readonly #byPath = new Map<string, Snapshot>();
  readonly #changes = new Map<string, number>();
  #generation = 0;
  #composeGeneration = 0;

  /** Changes with every change of any document. */
  get generation(): number {
    return this.#generation;
  }

  /** Changes with every change of another document than this one. */
  generationBeside({ uri }: Snapshot): number {
    return this.#generation - (this.#changes.get(uri) ?? 0);
  }

  /** Changes with every change of a Compose file, or of an environment file, from which it takes variables. */
  get composeGeneration(): number {
    return this.#composeGeneration;
  }

  /** Opens a document or takes its next version. */
  set(snapshot: Snapshot): void {
    this.#generation++;
    this.#changes.set(snapshot.uri, (this.#changes.get(snapshot.uri) ?? 0) + 1);
    if (isOfCompose(snapshot.kind)) this.#composeGeneration++;
    this.#byUri.set(snapshot.uri, snapshot);
    if (snapshot.path !== undefined) this.#byPath.set(snapshot.path, snapshot);
  }

  close(uri: string): void {
    this.#generation++;
    const { path, kind } = this.#byUri.get(uri) ?? {};
    if (isOfCompose(kind)) this.#composeGeneration++;
    this.#byUri.delete(uri);
    this.#changes.delete(uri);
    if (path !== undefined) this.#byPath.delete(path);
  }

  get(uri: string): Snapshot | undefined {
    return this.#byUri.get(uri);
  }

  at(path: string): Snapshot | undefined {
    return this.#byPath.get(path);
  }

  /** True until the document is changed or closed: an answer made from an older version is stale. */
  isCurrent(snapshot: Snapshot): boolean {
    return this.#byUri.get(snapshot.uri) === snapshot;
  }

  all(): readonly Snapshot[] {
    return [...this.#byUri.values()];
  }
}

function isOfCompose(kind: FileKind | undefined): boolean {
  return kind === "compose" || kind === "environment";
}
