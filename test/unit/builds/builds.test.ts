import { expect, test } from "vitest";
import { countSteps, currentStep, stepsToShow } from "../../../client/src/builds/build-record.ts";
import { type Clock, createBuilds } from "../../../client/src/builds/builds.ts";
import { step } from "./events.ts";

const subject = {
  tag: "api:1",
  dockerfile: "/w/Dockerfile",
  target: undefined,
  context: "/w",
  repeat: {},
};

/** A clock that stands still until it is moved. */
function stoppedClock(): Clock & { pass(milliseconds: number): void } {
  let now = 1000;
  let waiting: { readonly at: number; readonly act: () => void }[] = [];
  return {
    now: () => now,
    later: (act, milliseconds) => waiting.push({ at: now + milliseconds, act }),
    pass(milliseconds) {
      now += milliseconds;
      const due = waiting.filter((it) => it.at <= now);
      waiting = waiting.filter((it) => it.at > now);
      for (const it of due) it.act();
    },
  };
}

test("how long it took is until the image was there, whatever is done with it then", () => {
  const clock = stoppedClock();
  const { record, take, finish } = createBuilds(clock).begin(subject);
  clock.pass(2000);
  take({ kind: "finished", imageId: "sha256:1", milliseconds: 2000 });
  clock.pass(700);
  finish({ state: "built", imageId: "sha256:1", before: undefined });
  expect(record.milliseconds).toBe(2000);
});

test("a build with its steps: state, time, cache, bytes, what each wrote", () => {
  const clock = stoppedClock();
  const { record, take, finish } = createBuilds(clock).begin(subject);
  const context = step("[internal] load build context");
  const from = step("[builder 1/3] FROM golang");
  const copy = step("[builder 2/3] COPY . .");
  const run = step("[builder 3/3] RUN go build");
  for (const it of [from, copy, run]) take({ kind: "planned", step: it });
  take({ kind: "started", step: context });
  take({
    kind: "transfer",
    step: context,
    transfer: { item: "transferring context:", current: 700, total: undefined },
  });
  take({ kind: "completed", step: context, cached: false, milliseconds: 12 });
  take({ kind: "started", step: from });
  take({ kind: "transfer", step: from, transfer: { item: "sha256:a", current: 10, total: 100 } });
  take({ kind: "transfer", step: from, transfer: { item: "sha256:b", current: 5, total: 50 } });
  take({ kind: "transfer", step: from, transfer: { item: "sha256:a", current: 100, total: 100 } });
  take({ kind: "transfer", step: from, transfer: { item: "extracting sha256:a", current: 70, total: 100 } });
  expect(currentStep(record)?.step.name).toBe(from.name);
  expect(currentStep(record)?.bytes).toEqual({ current: 105, total: 150 });
  expect(countSteps(record)).toEqual({ all: 3, over: 0, cached: 0 });
  take({ kind: "completed", step: from, cached: true, milliseconds: 0 });
  take({ kind: "started", step: run });
  take({ kind: "log", step: run, text: "\x1b[31mone" });
  take({ kind: "log", step: run, text: "\x1b[0m\n10 %\r20 %\r100 %\nlast" });
  take({ kind: "failed", step: run, error: "exit code: 1" });
  take({ kind: "started", step: copy });
  take({ kind: "failed", step: copy, error: "context canceled" });
  clock.pass(5000);
  finish({ state: "failed", message: "no" });

  expect(record.milliseconds).toBe(5000);
  expect(record.steps.map((it) => [it.step.name, it.state, it.milliseconds, it.bytes?.current])).toEqual([
    ["[internal] load build context", "done", 12, 700],
    ["[builder 1/3] FROM golang", "cached", 0, 105],
    ["[builder 3/3] RUN go build", "failed", undefined, undefined],
    ["[builder 2/3] COPY . .", "stopped", undefined, undefined],
  ]);
  expect(record.steps[2]?.text()).toBe("one\n100 %\nlast");
});

test("of the builder's own steps those are shown that tell something", () => {
  const { record, take } = createBuilds(stoppedClock()).begin(subject);
  const done = (name: string, milliseconds: number) => {
    take({ kind: "started", step: step(name) });
    take({ kind: "completed", step: step(name), cached: false, milliseconds });
  };
  done("[internal] load build definition from Dockerfile", 3);
  done("[internal] load metadata for docker.io/library/golang:1.27", 2500);
  done("[internal] load build context", 3);
  done("[1/2] FROM golang", 3);
  take({ kind: "started", step: step("exporting to image") });
  expect(stepsToShow(record).map((it) => it.step.name)).toEqual([
    "[internal] load metadata for docker.io/library/golang:1.27",
    "[internal] load build context",
    "[1/2] FROM golang",
    "exporting to image",
  ]);
});

test("a step that the engine only looked at before it fetches runs again; its time is that of both", () => {
  const { record, take } = createBuilds(stoppedClock()).begin(subject);
  const from = step("[1/2] FROM golang");
  take({ kind: "started", step: from });
  take({ kind: "completed", step: from, cached: false, milliseconds: 1 });
  take({ kind: "again", step: from, milliseconds: undefined });
  expect(record.steps[0]).toMatchObject({ state: "running", milliseconds: undefined });
  take({ kind: "again", step: from, milliseconds: 900 });
  expect(record.steps[0]).toMatchObject({ state: "done", milliseconds: 900 });
});

test("what still ran when a build ended is stopped, what never began is gone", () => {
  const { record, take, finish } = createBuilds(stoppedClock()).begin(subject);
  take({ kind: "planned", step: step("[2/2] RUN b") });
  take({ kind: "started", step: step("[1/2] FROM a") });
  finish({ state: "cancelled" });
  expect(record.steps.map((it) => [it.step.name, it.state])).toEqual([["[1/2] FROM a", "stopped"]]);
});

test("the output of a step is kept from its end when there is too much", () => {
  const { record, take } = createBuilds(stoppedClock()).begin(subject);
  const run = step("[2/2] RUN a");
  take({ kind: "started", step: run });
  for (let number = 0; number < 12_000; number++)
    take({ kind: "log", step: run, text: `${String(number).padStart(99, ".")}\n` });
  const text = record.steps[0]?.text() ?? "";
  expect(text.length).toBeLessThan(600_000);
  expect(text).toMatch(/^…\n\.+\d+\n/);
  expect(text.endsWith(".11999\n")).toBe(true);
});

test("several builds: those that run first, newest first; each is cancelled by itself", () => {
  const builds = createBuilds(stoppedClock());
  const [one, two, three] = ["1", "2", "3"].map((tag) => builds.begin({ ...subject, tag }));
  two?.finish({ state: "cancelled" });
  expect(builds.all().map((it) => it.subject.tag)).toEqual(["3", "1", "2"]);
  builds.cancel(one?.record.id ?? "");
  expect([one?.signal.aborted, three?.signal.aborted]).toEqual([true, false]);
  // One that runs cannot be taken off the list.
  builds.remove(three?.record.id);
  builds.remove();
  expect(builds.all().map((it) => it.subject.tag)).toEqual(["3", "1"]);
});

test("of what is over the last twenty are kept", () => {
  const builds = createBuilds(stoppedClock());
  for (let number = 1; number <= 25; number++)
    builds.begin({ ...subject, tag: String(number) }).finish({ state: "cancelled" });
  expect(builds.all().map((it) => it.subject.tag)).toEqual(
    Array.from({ length: 20 }, (_, at) => String(25 - at)),
  );
});

test("changes are told some times a second, however many there are, and only when there are any", () => {
  const clock = stoppedClock();
  const builds = createBuilds(clock);
  const told: string[][] = [];
  const stop = builds.onChange((changed) => told.push([...changed]));
  const one = builds.begin(subject);
  const two = builds.begin(subject);
  clock.pass(0);
  expect(told).toEqual([["1", "2"]]);
  const run = step("[1/1] RUN a");
  for (let at = 0; at < 1000; at++) {
    two.take({ kind: "log", step: run, text: "x\n" });
    clock.pass(1);
  }
  expect(told.length).toBeLessThanOrEqual(5);
  clock.pass(300);
  const before = told.length;
  clock.pass(60_000);
  expect(told.length).toBe(before);
  one.finish({ state: "cancelled" });
  clock.pass(0);
  expect(told.at(-1)).toEqual(["1"]);
  stop();
  two.finish({ state: "cancelled" });
  clock.pass(1000);
  expect(told.length).toBe(before + 1);
});
