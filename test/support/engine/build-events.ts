import path from "node:path";
import { expect } from "vitest";
import type { BuildEvent, BuildRequest } from "../../../client/src/engine/build/build-types.ts";
import { EngineError, type EngineFailure } from "../../../client/src/engine/engine.ts";

/** A build of the folder's `Dockerfile`, without a tag. */
export function buildOf(context: string, more: Partial<BuildRequest> = {}): BuildRequest {
  return { context, dockerfile: path.join(context, "Dockerfile"), tags: [], buildArguments: {}, ...more };
}

/** All events of a build that succeeds. */
export async function allEvents(events: AsyncIterable<BuildEvent>): Promise<readonly BuildEvent[]> {
  const told: BuildEvent[] = [];
  for await (const event of events) told.push(event);
  return told;
}

export function ofKind<K extends BuildEvent["kind"]>(
  events: readonly BuildEvent[],
  kind: K,
): readonly Extract<BuildEvent, { kind: K }>[] {
  return events.filter((it): it is Extract<BuildEvent, { kind: K }> => it.kind === kind);
}

/** The error of a build that must fail. */
export async function failureOf(
  events: AsyncIterable<BuildEvent>,
  onEvent: (event: BuildEvent) => void = () => {},
): Promise<EngineError> {
  try {
    for await (const event of events) onEvent(event);
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    return error as EngineError;
  }
  throw new Error("The build should have failed.");
}

export function buildFailureOf(error: EngineError): Extract<EngineFailure, { kind: "build-failed" }> {
  if (error.failure.kind !== "build-failed") throw error;
  return error.failure;
}
