import { expect, test } from "vitest";
import { modelOf } from "../../../support/model.ts";

test("each command of a RUN has a state of its own, with what the ones in front of it did", () => {
  const { finalStage } = modelOf("FROM alpine:3.24\nRUN apk add curl && apk del curl && echo done\n");
  const [run] = finalStage?.instructions ?? [];
  if (!finalStage || !run) throw new Error("no RUN");
  const commands = finalStage.scriptOf(run)?.commands ?? [];
  expect(commands.map((it) => finalStage.beforeCommand(it, run).hasTool("curl").is)).toEqual([
    "no",
    "yes",
    "no",
  ]);
});
