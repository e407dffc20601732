import type { ImageFacts, ImageFactsSource } from "../model/image/facts.ts";
import type { ImageReading } from "../model/image/image-reading.ts";
import { factsOfReading } from "../model/image/read-facts.ts";
import { parseImageReference } from "../model/image/reference.ts";

type Named = Parameters<ImageFactsSource["find"]>[0];

/** What was read of images, and behind it what ships with the server. */
export class KnownImages implements ImageFactsSource {
  readonly #shipped: ImageFactsSource;
  readonly #read = new Map<string, { readonly mark: string; readonly facts: ImageFacts }>();
  /** Tags by the name of an image, of those that the engine has. */
  readonly #tags = new Map<string, readonly string[]>();
  #generation = 0;

  constructor(shipped: ImageFactsSource) {
    this.#shipped = shipped;
  }

  /** Changes whenever an answer of `find` may have. */
  get generation(): number {
    return this.#generation;
  }

  find(image: Named): ImageFacts | undefined {
    return this.#read.get(keyOf(image))?.facts ?? this.#shipped.find(image);
  }

  /** With those that the engine has and the table does not. */
  names(): readonly string[] {
    const shipped = this.#shipped.names();
    const known = new Set(shipped);
    return [...shipped, ...[...this.#tags.keys()].filter((it) => !known.has(it))];
  }

  /** Those that the engine has come first. */
  tags(name: string): readonly string[] {
    const here = this.#tags.get(name);
    const shipped = this.#shipped.tags(name);
    return here ? [...new Set([...here, ...shipped])] : shipped;
  }

  /** Takes the names of all images that the engine has, newest first. */
  setNames(references: readonly string[]): void {
    this.#tags.clear();
    for (const { name, tag } of references.map(parseImageReference))
      if (tag !== undefined) this.#tags.set(name, [...(this.#tags.get(name) ?? []), tag]);
  }

  /** Takes what was read under a name; undefined when nothing is there under it, or no longer. */
  set(
    reference: string,
    read: { readonly reading: ImageReading; readonly isHere: boolean } | undefined,
  ): void {
    const image = parseImageReference(reference);
    const key = keyOf(image);
    const mark = read && `${read.reading.id} ${read.reading.readAt} ${read.isHere}`;
    if (this.#read.get(key)?.mark === mark) return;
    this.#generation++;
    if (!read || mark === undefined) {
      this.#read.delete(key);
      return;
    }
    const { name, tag, digest } = image;
    const facts = factsOfReading(read.reading, {
      name,
      tag: tag ?? (digest === undefined ? "latest" : ""),
      isHere: read.isHere,
      shipped: this.#shipped.find(image),
    });
    this.#read.set(key, { mark, facts });
  }
}

/** A digest says which image it is, whatever tag stands before it. */
function keyOf({ name, tag, digest }: Named): string {
  return digest === undefined ? `${name}:${tag ?? "latest"}` : `${name}@${digest}`;
}
