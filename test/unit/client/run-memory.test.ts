import { describe, expect, test } from "vitest";
import type { Memento } from "vscode";
import { createRunMemory, type RunSettings } from "../../../client/src/editor/containers/run-memory.ts";

const settings: RunSettings = {
  ports: { "8080/tcp": 8080 },
  environment: ["A=1"],
  environmentFiles: ["/w/.env"],
  mounts: [{ kind: "volume", source: "data", target: "/data" }],
  interactive: true,
  init: false,
  readOnly: true,
  keep: false,
  user: "1000",
  entrypoint: undefined,
  command: ["serve", "--port", "80"],
};

/** A memento, and all that was ever written to it. */
function memento() {
  const kept = new Map<string, unknown>();
  let written = "";
  const state = {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => {
      written += JSON.stringify(value);
      kept.set(key, JSON.parse(JSON.stringify(value)));
    },
  } as Memento;
  return { state, written: () => written };
}

describe("answers of a run", () => {
  test("are remembered by the image's name, whatever its tag", async () => {
    const memory = createRunMemory(memento().state);
    expect(memory.settings("api:1")).toBeUndefined();
    await memory.remember("localhost:5000/api:1", settings);
    expect(memory.settings("localhost:5000/api:2")).toEqual({ ...settings, entrypoint: undefined });
    expect(memory.settings("api:1")).toBeUndefined();
  });

  test("nothing that looks secret is written", async () => {
    const { state, written } = memento();
    const memory = createRunMemory(state);
    await memory.remember("api", {
      ...settings,
      environment: ["A=1", "API_TOKEN=hunter2", "DB=postgres://u:hunter2@db/x"],
      entrypoint: ["api", "--password=hunter2"],
      command: ["sh", "-c", "TOKEN=hunter2 api"],
    });
    expect(written()).not.toContain("hunter2");
    expect(memory.settings("api")).toMatchObject({ environment: ["A=1"] });
    expect(memory.settings("api")?.command).toBeUndefined();
  });
});
