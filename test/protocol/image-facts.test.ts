import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  DidChangeConfigurationNotification,
  type Hover,
  HoverRequest,
  NotificationType0,
  RequestType,
} from "vscode-languageserver-protocol/node";
import type { ClientRequests, ImageFactsResult } from "../../client/src/shared/server-messages.ts";
import { type Editor, type EditorOptions, startEditor } from "../support/editor/editor-client.ts";
import { listing, reading } from "../support/images/readings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const uri = "untitled:Dockerfile";
const checksHealth = (image: string) =>
  `FROM ${image}\nHEALTHCHECK CMD curl -f http://localhost/\nUSER 1000\n`;
const imagesChanged = new NotificationType0("plimsoll/imagesChanged");

type Asked = ClientRequests["plimsoll/imageFacts"];
type Answer = ImageFactsResult | null | Promise<ImageFactsResult | null>;

/** An editor whose engine has the images that `answer` tells of. */
async function editorWithImages(answer: (reference: string) => Answer, options: EditorOptions = {}) {
  const asked: string[] = [];
  const editor = await startEditor({
    initializationOptions: { imageFacts: true },
    ...options,
    onConnection: (connection) =>
      connection.onRequest(
        new RequestType<Asked["params"], Asked["result"], void>("plimsoll/imageFacts"),
        ({ reference }) => {
          asked.push(reference);
          return answer(reference);
        },
      ),
  });
  return { editor, asked };
}

const codes = async (editor: Editor, of = uri) => (await editor.diagnostics(of)).map((it) => it.code);

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !holds(); await sleep(10))
    if (Date.now() > deadline) throw new Error("It never came to that.");
}

/** Longer than the server waits before it asks, and than it takes to tell. */
const quiet = () => sleep(900);

const withoutCurl: ImageFactsResult = { reading: reading(), isHere: true };
const withCurl: ImageFactsResult = {
  reading: reading({
    id: `sha256:${"b".repeat(64)}`,
    contents: {
      directories: { ...reading().contents?.directories, "/usr/bin": listing("curl env") },
    },
  }),
  isHere: true,
};

describe("facts of images that the editor's engine has", () => {
  test("are asked for once, and what they change is told", async () => {
    const { editor, asked } = await editorWithImages(() => withoutCurl);
    await editor.open(uri, checksHealth("company/base:7"));
    // At once, with what is known: nothing.
    expect(await codes(editor)).not.toContain("healthcheck-tool-missing");
    await until(() => editor.refreshes() === 1);
    const found = (await editor.diagnostics(uri)).find((it) => it.code === "healthcheck-tool-missing");
    expect(found?.relatedInformation?.map((it) => it.message)).toContain(
      "curl is not in company/base:7, read from the image on this machine (sha256:aaaaaaaaaaaa), 2026-11-25",
    );
    await editor.change(uri, 2, `${checksHealth("company/base:7")}# more\n`);
    await editor.diagnostics(uri);
    await quiet();
    expect(asked).toEqual(["company/base:7"]);
    expect(editor.refreshes()).toBe(1);
    expect(editor.errors).toEqual([]);
  });

  test("go before the shipped table, and are named in the hover", async () => {
    const { editor } = await editorWithImages(() => withCurl);
    await editor.open(uri, checksHealth("alpine:3.24"));
    expect(await codes(editor)).toContain("healthcheck-tool-missing");
    const hover = async () => {
      const params = { textDocument: { uri }, position: { line: 0, character: 7 } };
      const answer = (await editor.connection.sendRequest(HoverRequest.type, params)) as Hover;
      return JSON.stringify(answer.contents);
    };
    expect(await hover()).toContain("From the table shipped with Plimsoll: ");
    await until(() => editor.refreshes() === 1);
    expect(await codes(editor)).not.toContain("healthcheck-tool-missing");
    expect(await hover()).toContain(
      "Read from the image on this machine (sha256:bbbbbbbbbbbb), 2026-11-25; linux/amd64.",
    );
  });

  test("are told to an editor that waits for diagnostics", async () => {
    const { editor } = await editorWithImages(() => withoutCurl, { pulls: false });
    await editor.open(uri, checksHealth("company/base:7"));
    const first = await editor.nextPublished(uri);
    expect(first.diagnostics.map((it) => it.code)).not.toContain("healthcheck-tool-missing");
    const second = await editor.nextPublished(uri);
    expect(second.diagnostics.map((it) => it.code)).toContain("healthcheck-tool-missing");
  });

  test("are asked for of every place that names an image, and of no stage", async () => {
    const { editor, asked } = await editorWithImages(() => null);
    await editor.open(
      uri,
      `ARG TAG=1.27
FROM golang:$TAG AS build
FROM build AS next
FROM scratch
COPY --from=build /a /b
COPY --from=0 /a /b
COPY --from=docker:cli /usr/local/bin/docker /docker
RUN --mount=type=bind,from=company/tools:3,target=/t true
COPY --from=$UNKNOWN /x /y
`,
    );
    await editor.diagnostics(uri);
    await until(() => asked.length === 3);
    await quiet();
    expect(asked.toSorted()).toEqual(["company/tools:3", "docker:cli", "golang:1.27"]);
    expect(editor.refreshes()).toBe(0);
  });

  test("are asked for of a Compose file, and of the Dockerfiles that it builds", async () => {
    const folder = temporaryFolder({
      "compose.yaml":
        "services:\n  db:\n    image: postgres:18\n  web:\n    build: web\n  again:\n    image: postgres:18\n",
      "web/Dockerfile": "FROM company/base:7\n",
    });
    const { editor, asked } = await editorWithImages(() => null, { folder });
    const compose = pathToFileURL(`${folder}/compose.yaml`).href;
    await editor.open(compose, readFileSync(`${folder}/compose.yaml`, "utf8"), "dockercompose");
    await editor.diagnostics(compose);
    await until(() => asked.length === 2);
    expect(asked.toSorted()).toEqual(["company/base:7", "postgres:18"]);
  });

  test("a name that is being typed is not asked for letter by letter", async () => {
    const { editor, asked } = await editorWithImages(() => null);
    await editor.open(uri, "FROM a\n");
    const name = "alpine:3.24";
    for (let length = 1; length <= name.length; length++) {
      await editor.change(uri, length + 1, `FROM ${name.slice(0, length)}\n`);
      await editor.diagnostics(uri);
    }
    await until(() => asked.length > 0);
    await quiet();
    expect(asked).toEqual([name]);
  });

  test("nobody waits for them", async () => {
    const { editor } = await editorWithImages(() => new Promise(() => {}));
    await editor.open(uri, checksHealth("alpine:3.24"));
    await editor.diagnostics(uri);
    await quiet();
    const began = performance.now();
    await editor.change(uri, 2, `${checksHealth("alpine:3.24")}\n`);
    expect(await codes(editor)).toContain("healthcheck-tool-missing");
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test("are asked for anew when the engine may have others, and told of only when they changed", async () => {
    let now: ImageFactsResult | null = withoutCurl;
    const { editor, asked } = await editorWithImages(() => now);
    await editor.open(uri, checksHealth("company/base:7"));
    await editor.diagnostics(uri);
    await until(() => editor.refreshes() === 1);
    await editor.connection.sendNotification(imagesChanged);
    await until(() => asked.length === 2);
    await quiet();
    expect(editor.refreshes()).toBe(1);

    now = withCurl;
    await editor.connection.sendNotification(imagesChanged);
    await until(() => editor.refreshes() === 2);
    expect(await codes(editor)).not.toContain("healthcheck-tool-missing");

    now = null;
    await editor.connection.sendNotification(imagesChanged);
    await until(() => editor.refreshes() === 3);
    expect(await codes(editor)).not.toContain("healthcheck-tool-missing");
    expect(asked.length).toBe(4);
  });

  test("an answer that an engine gave before is not taken for what it has now", async () => {
    const answers: ((it: ImageFactsResult | null) => void)[] = [];
    const { editor, asked } = await editorWithImages(() => new Promise((resolve) => answers.push(resolve)));
    await editor.open(uri, checksHealth("company/base:7"));
    await editor.diagnostics(uri);
    await until(() => asked.length === 1);
    await editor.connection.sendNotification(imagesChanged);
    await until(() => asked.length === 2);
    answers[1]?.(withCurl);
    await until(() => editor.refreshes() === 1);
    answers[0]?.(withoutCurl);
    await quiet();
    expect(await codes(editor)).not.toContain("healthcheck-tool-missing");
    expect(editor.refreshes()).toBe(1);
  });

  test("a document that was closed is not asked for again", async () => {
    const { editor, asked } = await editorWithImages(() => null);
    await editor.open(uri, "FROM company/base:7\n");
    await editor.diagnostics(uri);
    await until(() => asked.length === 1);
    await editor.close(uri);
    await editor.connection.sendNotification(imagesChanged);
    await quiet();
    expect(asked.length).toBe(1);
  });

  test("an answer that is none counts as nothing known", async () => {
    for (const wrong of [{}, { reading: {}, isHere: true }, { reading: reading(), isHere: "yes" }, 7, "x"]) {
      const { editor, asked } = await editorWithImages(() => wrong as never);
      await editor.open(uri, checksHealth("company/base:7"));
      await editor.diagnostics(uri);
      await until(() => asked.length === 1);
      await sleep(200);
      expect(editor.refreshes()).toBe(0);
      expect(editor.errors).toEqual([]);
    }
  });

  test("an editor that refuses, and one that never said it answers", async () => {
    const { editor, asked } = await editorWithImages(() => Promise.reject(new Error("no")));
    await editor.open(uri, checksHealth("alpine:3.24"));
    await editor.diagnostics(uri);
    await until(() => asked.length === 1);
    await quiet();
    expect(await codes(editor)).toContain("healthcheck-tool-missing");
    expect(editor.errors).toEqual([]);

    const other = await editorWithImages(() => withCurl, { initializationOptions: {} });
    await other.editor.open(uri, checksHealth("alpine:3.24"));
    expect(await codes(other.editor)).toContain("healthcheck-tool-missing");
    await other.editor.connection.sendNotification(imagesChanged);
    await other.editor.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
    await other.editor.diagnostics(uri);
    await quiet();
    expect(other.asked).toEqual([]);
  });

  test("what is remembered from an engine that is not there says so", async () => {
    const { editor } = await editorWithImages(() => ({ ...withoutCurl, isHere: false }));
    await editor.open(uri, checksHealth("company/base:7"));
    await editor.diagnostics(uri);
    await until(() => editor.refreshes() === 1);
    const found = (await editor.diagnostics(uri)).find((it) => it.code === "healthcheck-tool-missing");
    expect(found?.relatedInformation?.map((it) => it.message)).toContain(
      "curl is not in company/base:7, read from the image that was on this machine (sha256:aaaaaaaaaaaa), 2026-11-25",
    );
  });
});
