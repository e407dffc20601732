import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRepository } from "../../client/src/git/repository.ts";
import { allEvents, buildOf, ofKind } from "../support/engine/build-events.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { gitRepository } from "../support/git.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const connected = engineWithStore("graph");

test("a commit's files build to the very image of a checkout: nothing runs anew", async () => {
  const { engine, real } = connected;
  const folder = temporaryFolder();
  const { program, commit, git } = await gitRepository(folder);
  commit("Begin", {
    "api/Dockerfile":
      "FROM alpine:3.20\nCOPY . /src\nRUN test -x /src/run.sh && test -L /src/link && cat /src/link\n",
    "api/.dockerignore": "ignored\n",
    "api/ignored": "x\n",
    "api/run.sh": "#!/bin/sh\n",
    "api/größe.txt": "1\n",
  });
  chmodSync(path.join(folder, "api/run.sh"), 0o755);
  symlinkSync("größe.txt", path.join(folder, "api/link"));
  const head = commit("Link and mode", {});
  const build = (context: string, tag: string) => allEvents(engine.build(buildOf(context, { tags: [tag] })));
  onTestFinished(
    async () => void (await real.docker("image", "rm", "--force", "revision:here", "revision:then")),
  );
  const here = await build(path.join(folder, "api"), "revision:here");

  // What is on the disk now is of no account.
  writeFileSync(path.join(folder, "api/run.sh"), "changed\n");
  git("rm", "--quiet", "--cached", "api/link");
  const repository = await openRepository(program, folder);
  const tree = await repository.takeTree(head, temporaryFolder());
  const then = await build(path.join(tree.folder, "api"), "revision:then");
  await tree.remove();
  const steps = ofKind(then, "completed").filter((it) => /^(?:COPY|RUN) /.test(it.step.instruction));
  expect(steps.map((it) => it.cached)).toEqual([true, true]);
  const id = (events: typeof here) => ofKind(events, "finished")[0]?.imageId;
  expect(id(then)).toBe(id(here));
});
