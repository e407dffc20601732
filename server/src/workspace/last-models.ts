import type { Snapshot } from "./documents.ts";

/** The model of a document's version, with what it was made from besides the text. */
interface Last<Model> {
  readonly version: number;
  readonly outside: string;
  readonly model: Model;
  /** How many edits ago the file was read as a whole. */
  readonly edits: number;
}

/** What the next version of a document can take over: the model of the version before it, where nothing else has changed. */
export class LastModels<Model> {
  /** In the order of use: documents that were not typed in for long lose theirs, and are read as a whole once. */
  readonly #byUri = new Map<string, Last<Model>>();

  /** Gives it away: it is no good once another has taken over what is in it. */
  before({ uri, version }: Snapshot, outside: string): Model | undefined {
    const last = this.#byUri.get(uri);
    if (!last || last.outside !== outside || last.version > version || last.edits >= MOST_EDITS)
      return undefined;
    return last.model;
  }

  set({ uri, version }: Snapshot, outside: string, model: Model): void {
    const last = this.#byUri.get(uri);
    this.#byUri.delete(uri);
    this.#byUri.set(uri, { version, outside, model, edits: ((last?.edits ?? 0) % MOST_EDITS) + 1 });
    for (const oldest of this.#byUri.keys()) {
      if (this.#byUri.size <= MOST_DOCUMENTS) break;
      this.#byUri.delete(oldest);
    }
  }
}

/** What is taken over holds texts of the versions it was read from; so it cannot add up for a day. */
const MOST_EDITS = 100;

const MOST_DOCUMENTS = 8;
