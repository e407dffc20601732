import type { ImageReading } from "../../../../server/src/model/image/image-reading.ts";
import type { ImageFactsResult } from "../../shared/server-messages.ts";
import type { Layer } from "../../sizes/layers/layer.ts";
import type { Engine, EngineFailure } from "../engine.ts";
import type { ImageMemory } from "./image-memory.ts";

export interface ImageKnowledgeParts {
  readonly memory: ImageMemory;
  /** Whether the user lets the engine be asked at all: a trusted workspace, and the setting. */
  mayAsk(): boolean;
  /** Throws an EngineError when there is none. */
  connect(): Promise<Engine>;
  /** What an expected error failed with; undefined for any other. */
  failureOf(error: unknown): EngineFailure | undefined;
  /** For the log; the user is not told. */
  note(message: string): void;
}

/** What is known of images, for the language server. Asks the engine when it is asked itself, and never on its own. */
export interface ImageKnowledge {
  /** Null when nothing is known. Never throws. */
  find(reference: string): Promise<ImageFactsResult | null>;
  /** Names of the images that the engine has, newest first; none when nothing is known. Never throws. */
  names(): Promise<readonly string[]>;
  /** Takes what there is to know from an image's layers, which somebody has read anyway: all of them, oldest first. Never throws. */
  learn(id: string, layers: readonly Layer[]): Promise<void>;
  /** The engine was found, has other images, or may no longer be asked: ends what is under way, and asks anew from now on. */
  refresh(): void;
  /** Ends what is under way for good; resolves when nothing of it is left at the engine. */
  stop(): Promise<void>;
}

/** Names as the engine's API takes them in a path; what else a document may hold is no name of an image. */
const wellFormed = /^[\w][\w.:/@-]{0,400}$/;

/** For one image; reading a large one takes 3 seconds. */
const patience = 90_000;

/** Reads images one after the other, and gives one up after a minute and a half. */
export function imageKnowledge(parts: ImageKnowledgeParts): ImageKnowledge {
  const { memory } = parts;
  let control = new AbortController();
  /** Once none answered, none is looked for until `refresh`. */
  let isAway = false;
  let isOver = false;
  // One after the other: several at once would not be faster, and the engine has other work.
  let turn: Promise<unknown> = Promise.resolve();

  async function find(reference: string, stop: AbortSignal): Promise<ImageFactsResult | null> {
    if (isOver || stop.aborted || !parts.mayAsk()) return null;
    if (!isAway) {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(patience)]);
      try {
        return { reading: await fromEngine(reference, signal), isHere: true };
      } catch (error) {
        const failure = parts.failureOf(error);
        if (failure?.kind !== "cancelled") parts.note(`${reference}: ${String(error)}`);
        if (failure?.kind === "not-found") await memory.forget(reference);
        if (failure?.kind !== "unreachable") return null;
        isAway = !stop.aborted;
      }
    }
    const reading = await memory.byReference(reference);
    return reading ? { reading, isHere: false } : null;
  }

  async function names(stop: AbortSignal): Promise<readonly string[]> {
    if (isOver || isAway || stop.aborted || !parts.mayAsk()) return [];
    try {
      const engine = await parts.connect();
      const images = await engine.images(AbortSignal.any([stop, AbortSignal.timeout(patience)]));
      return images.flatMap((it) => it.tags);
    } catch (error) {
      if (parts.failureOf(error)?.kind !== "cancelled") parts.note(`names of images: ${String(error)}`);
      return [];
    }
  }

  async function learn(id: string, layers: readonly Layer[], stop: AbortSignal): Promise<void> {
    if (isOver || stop.aborted || !parts.mayAsk() || (await memory.byId(id))) return;
    const signal = AbortSignal.any([stop, AbortSignal.timeout(patience)]);
    const engine = await parts.connect();
    await memory.remember(id, await engine.readImage(id, signal, layers));
  }

  async function fromEngine(reference: string, signal: AbortSignal): Promise<ImageReading> {
    const engine = await parts.connect();
    const { id, platform } = await engine.inspectImage(reference, signal);
    const known = await memory.byId(id);
    const reading = known?.platform === platform ? known : await engine.readImage(reference, signal);
    await memory.remember(reference, reading);
    return reading;
  }

  return {
    find(reference) {
      if (!wellFormed.test(reference) || reference.includes("..")) return Promise.resolve(null);
      const { signal } = control;
      const result = turn.then(() => find(reference, signal));
      turn = result.catch(() => undefined);
      return result.catch((error: unknown) => {
        parts.note(`${reference}: ${error instanceof Error ? error.stack : String(error)}`);
        return null;
      });
    },
    names: () => names(control.signal),
    learn(id, layers) {
      const { signal } = control;
      const result = turn.then(() => learn(id, layers, signal));
      turn = result.catch((error: unknown) => parts.note(`${id}: ${String(error)}`));
      return turn.then(() => undefined);
    },
    refresh() {
      isAway = false;
      control.abort();
      control = new AbortController();
    },
    async stop() {
      isOver = true;
      control.abort();
      await turn;
    },
  };
}
