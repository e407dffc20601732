import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { DidChangeConfigurationNotification, RequestType } from "vscode-languageserver-protocol/node";
import type { ClientRequests, EstimatesResult } from "../../client/src/shared/server-messages.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { reading } from "../support/images/readings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

type Asked = ClientRequests["plimsoll/imageFacts"];

function editorIn(folder: string, settings: unknown = {}): Promise<Editor> {
  return startEditor({
    folder,
    settings,
    initializationOptions: { imageFacts: true },
    onConnection: (connection) =>
      connection.onRequest(
        new RequestType<Asked["params"], Asked["result"], void>("plimsoll/imageFacts"),
        () => ({ reading: reading(), isHere: true }),
      ),
  });
}

test("plimsoll/estimates: by stage, with the facts that the engine gave, and none where the settings want none", async () => {
  const folder = temporaryFolder({
    Dockerfile:
      "FROM company/unknown AS build\nCOPY app.js /\nFROM company/base:7\nCOPY app.js lib /app/\nRUN x\nCOPY --from=build /x /x\n",
    ".dockerignore": "lib/*.map\n",
    "app.js": "12345",
    "lib/a.js": "123",
    "lib/a.map": "a large one",
  });
  const uri = pathToFileURL(join(folder, "Dockerfile")).href;
  const editor = await editorIn(folder);
  const ask = () => editor.connection.sendRequest<EstimatesResult | null>("plimsoll/estimates", { uri });
  // Of a file that is not open too: nothing is known of its bases.
  expect(await ask()).toEqual({ stages: [] });

  await editor.open(uri, "FROM scratch\nCOPY app.js /\n");
  const own = { stage: 0, bytes: 5, base: { name: "scratch", bytes: 0, origin: "" } };
  const all = { runs: 0, fromStages: 0, downloads: 0, archives: 0 };
  expect(await ask()).toEqual({ stages: [{ ...own, files: { files: 1, bytes: 5 }, missing: all }] });

  await editor.change(
    uri,
    2,
    "FROM scratch\nFROM company/base:7\nCOPY app.js lib /app/\nRUN x\nCOPY --from=build /x /x\n",
  );
  await editor.diagnostics(uri);
  await expect.poll(() => editor.refreshes(), { timeout: 10_000 }).toBe(1);
  expect(await ask()).toEqual({
    stages: [
      {
        ...{ stage: 1, bytes: 8_000_008, files: { files: 2, bytes: 8 } },
        base: {
          ...{ name: "company/base:7", bytes: 8_000_000 },
          origin: "read from the image on this machine (sha256:aaaaaaaaaaaa), 2026-11-25",
        },
        missing: { ...all, runs: 1, fromStages: 1 },
      },
    ],
  });

  editor.settings = { sizes: { estimate: false } };
  await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  expect(await ask()).toBeNull();
  expect(editor.errors).toEqual([]);
});
