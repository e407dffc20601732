import { expect, test } from "vitest";
import type { BuildEvent, BuildStep } from "../../../client/src/engine/build/build-types.ts";
import { redaction } from "../../../client/src/engine/build/redaction.ts";
import { EngineError } from "../../../client/src/engine/engine.ts";

const step: BuildStep = {
  id: "1",
  name: "[1/1] RUN echo s3cret-word",
  stage: "stage-0",
  position: 1,
  of: 1,
  instruction: "RUN echo s3cret-word",
};

async function seen(values: readonly string[], pieces: readonly string[]): Promise<readonly BuildEvent[]> {
  async function* events(): AsyncGenerator<BuildEvent> {
    yield { kind: "planned", step };
    yield { kind: "started", step };
    yield { kind: "transfer", step, transfer: { item: "sha256:1", current: 1, total: 2 } };
    yield { kind: "again", step, milliseconds: 1 };
    for (const text of pieces) yield { kind: "log", step, text };
    yield { kind: "completed", step, cached: false, milliseconds: 1 };
  }
  const all: BuildEvent[] = [];
  for await (const event of redaction(values).events(events())) all.push(event);
  return all;
}

const logOf = (events: readonly BuildEvent[]) =>
  events.flatMap((it) => (it.kind === "log" ? it.text : [])).join("");

test("a value in one piece, cut anywhere, and at the very end", async () => {
  const text = "a s3cret-word b s3cret-wor s3cret-word";
  for (let at = 0; at < text.length; at++) {
    const events = await seen(["s3cret-word\n"], [text.slice(0, at), text.slice(at)]);
    expect(logOf(events)).toBe("a ••• b s3cret-wor •••");
    expect(JSON.stringify(events)).not.toContain("s3cret-word");
  }
});

test("the step stays one object", async () => {
  const events = await seen(["s3cret-word"], ["x"]);
  const steps = new Set(events.map((it) => ("step" in it ? it.step : undefined)));
  expect(steps.size).toBe(1);
  expect([...steps][0]).toMatchObject({ name: "[1/1] RUN echo •••", id: "1" });
});

test("lines of a key, but not its frame; what is short stays", async () => {
  const key = "-----BEGIN KEY-----\nAAAABBBBCCCC\nDDDDEEEEFFFF\n-----END KEY-----\n";
  const events = await seen([key, "ab", ""], ["-----BEGIN KEY-----\r\nDDDDEEEEFFFF\r\nab"]);
  expect(logOf(events)).toBe("-----BEGIN KEY-----\r\n•••\r\nab");
});

test("nothing hidden: the events as they are", async () => {
  const events = await seen([], ["s3cret-word"]);
  expect(events[0]).toEqual({ kind: "planned", step });
});

test("errors", () => {
  const error = new EngineError(
    { kind: "build-failed", message: "a s3cret-word", step: step.name, log: ["s3cret-word"] },
    "x s3cret-word",
  );
  const cleaned = redaction(["s3cret-word"]).error(error);
  expect([cleaned.message, cleaned.failure]).toEqual([
    "x •••",
    { kind: "build-failed", message: "a •••", step: "[1/1] RUN echo •••", log: ["•••"] },
  ]);
});
