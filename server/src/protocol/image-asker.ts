import { RequestType } from "vscode-languageserver/node";
import type { ClientRequests } from "../../../client/src/shared/server-messages.ts";
import { isImageReading } from "../model/image/image-reading.ts";
import type { Session } from "./session.ts";

type ImageFacts = ClientRequests["plimsoll/imageFacts"];
type ImageNames = ClientRequests["plimsoll/imageNames"];
const imageNames = new RequestType<ImageNames["params"], ImageNames["result"], void>("plimsoll/imageNames");
const imageFacts = new RequestType<ImageFacts["params"], ImageFacts["result"], void>("plimsoll/imageFacts");

/** A name that is being typed would be asked about letter by letter. Milliseconds. */
const pause = 400;
const together = 50;

/** No Dockerfile names more; a generated file must not make the engine busy for hours. */
const mostAsked = 500;

/**
 * Asks the client for facts of the images that documents name: each once until the engine may have changed, and never while
 * somebody waits for an answer, which is made from what is known.
 */
export class ImageAsker {
  readonly #session: Session;
  /** Called when answers that were given are no longer right. */
  readonly #onChange: () => void;
  /** By document, what it named last. */
  readonly #wanted = new Map<string, ReadonlySet<string>>();
  readonly #asked = new Set<string>();
  #hasNames = false;
  #timer: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  /** Counts what made earlier answers old. */
  #era = 0;

  constructor(session: Session, onChange: () => void) {
    this.#session = session;
    this.#onChange = onChange;
  }

  /** A document was looked at and names these images. */
  want(uri: string, named: () => ReadonlySet<string>): void {
    if (!this.#session.options.imageFacts) return;
    const references = named();
    this.#wanted.set(uri, references);
    void this.#askNames();
    if ([...references].some((it) => !this.#asked.has(it))) this.#schedule();
  }

  /** The engine, or what it has, may be another: what open documents name is asked for again. */
  again(): void {
    this.#era++;
    this.#hasNames = false;
    if (this.#wanted.size > 0) void this.#askNames();
    this.#asked.clear();
    if (this.#wanted.size > 0) this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#askAll(), pause);
    // A server that is about to end does not wait for it.
    this.#timer.unref();
  }

  #askAll(): void {
    for (const [uri, references] of this.#wanted) {
      if (!this.#session.documents.get(uri)) this.#wanted.delete(uri);
      else
        for (const it of references)
          if (!this.#asked.has(it) && this.#asked.size < mostAsked) void this.#ask(it);
    }
  }

  /** Answers that come together are told of once. */
  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => this.#onChange(), together);
    this.#telling.unref();
  }

  /** For lists of what can be written: no answer that was given is wrong without them. */
  async #askNames(): Promise<void> {
    if (this.#hasNames || !this.#session.options.imageNames) return;
    this.#hasNames = true;
    const era = this.#era;
    try {
      const answer: unknown = await this.#session.connection.sendRequest(imageNames, null);
      if (era !== this.#era || !Array.isArray(answer)) return;
      const { images } = await this.#session.workspace();
      images.setNames(answer.filter((it) => typeof it === "string"));
    } catch (error) {
      this.#session.log("warn", `The editor told no names of images: ${String(error)}`);
    }
  }

  async #ask(reference: string): Promise<void> {
    this.#asked.add(reference);
    const era = this.#era;
    try {
      const answer = await this.#session.connection.sendRequest(imageFacts, { reference });
      // A newer question is on its way.
      if (era !== this.#era) return;
      const read = isAnswer(answer) ? answer : undefined;
      const { images } = await this.#session.workspace();
      const before = images.generation;
      images.set(reference, read);
      if (images.generation !== before) this.#tell();
    } catch (error) {
      this.#session.log("warn", `The editor told nothing of ${reference}: ${String(error)}`);
    }
  }
}

/** Any client may be at the other end. */
function isAnswer(value: unknown): value is NonNullable<ImageFacts["result"]> {
  return (
    typeof value === "object" &&
    value !== null &&
    "reading" in value &&
    isImageReading(value.reading) &&
    "isHere" in value &&
    typeof value.isHere === "boolean"
  );
}
