import { readFileSync } from "node:fs";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService, type LanguageSettings } from "yaml-language-server";
import type { ComposeProject } from "../../server/src/model/compose/project.ts";
import type { ComposeInputs } from "../../server/src/model/compose/reading/inputs.ts";
import { readComposeProject } from "../../server/src/model/compose/reading/read-project.ts";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { checkCompose } from "../../server/src/rules/check.ts";
import { parseCompose } from "../../server/src/syntax/compose/parse.ts";
import { generateCompose } from "./compose-corpus.ts";
import { interleaved } from "./interleaved.ts";

/**
 * Compares a full check of a Compose file (read, model, every rule) with the validation of yaml-language-server against the
 * schema of the Compose specification: `node test/bench/compose-check.ts` with Node 24. Both in this process, so without
 * the 200 ms that the peer waits for more keys. `first` is a file that was never seen; the others are one keystroke in a value at
 * its start, in its middle and at its end, from the changed text to all that is found.
 */
const inputs: ComposeInputs = {
  images: shippedImages,
  dockerfile: () => undefined,
  inlineDockerfile: () => undefined,
  readFile: () => undefined,
  kindOf: () => "unknown",
  variables: () => undefined,
  defaults: "open",
  directory: "/project",
  alone: true,
  single: true,
};

/** Only files of this many services, where a number is given: those of 5,000 take minutes. */
const only = process.argv[2];

const rows: Record<string, unknown>[] = [];
for (const [services, anchors, milliseconds] of [
  [20, false, 2_000],
  [500, false, 12_000],
  [500, true, 12_000],
  [5_000, false, 60_000],
] as const) {
  if (only !== undefined && Number(only) !== services) continue;
  const text = generateCompose(services, anchors);
  let edits = 0;
  // The peer is quadratic in aliases: minutes for each of these.
  const peer = anchors ? undefined : peerTyping(text);
  const times = await interleaved<"peer" | "first" | "start" | "middle" | "end">(
    {
      peer: peer ?? (() => undefined),
      first: () => check(text.replaceAll("info", `info${edits++}`)).found,
      start: typing(text, 0.01),
      middle: typing(text, 0.5),
      end: typing(text, 0.96),
    },
    milliseconds,
  );
  const against = (ours: number) => (peer ? `1/${(times.peer / ours).toFixed(1)}` : "");
  rows.push({
    services: `${services}${anchors ? ", anchors" : ""}`,
    "yaml-language-server ms": peer ? round(times.peer) : "",
    "first check ms": round(times.first),
    "first ratio": against(times.first),
    "edit at its start ms": round(times.start),
    "start ratio": against(times.start),
    "in its middle ms": round(times.middle),
    "middle ratio": against(times.middle),
    "at its end ms": round(times.end),
    "end ratio": against(times.end),
  });
}
console.table(rows);

function check(text: string, before?: ComposeProject): { project: ComposeProject; found: number } {
  const project = readComposeProject(parseCompose(text, before?.file), inputs, before);
  return { project, found: checkCompose(project, { allRules: true }).length };
}

/** One keystroke after the other at the end of an image's tag at a share of the text. */
function typing(text: string, share: number): () => number {
  const write = typed(text, share);
  let project: ComposeProject | undefined;
  return () => {
    const checked = check(write(), project);
    project = checked.project;
    return checked.found;
  };
}

function typed(text: string, share: number): () => string {
  const at = text.indexOf("\n", text.indexOf("image: redis", Math.floor(text.length * share)));
  let keys = 0;
  return () => `${text.slice(0, at)}.${"1".repeat(1 + (keys++ % 40))}${text.slice(at)}`;
}

/** The same keystrokes in the middle. */
function peerTyping(text: string): () => Promise<number> {
  const write = typed(text, 0.5);
  const place = new URL("../../node_modules/dclint/schemas/compose.schema.json", import.meta.url);
  const schema = JSON.parse(readFileSync(place, "utf8"));
  const service = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error("No schema is fetched.")),
    workspaceContext: { resolveRelativePath: (it) => it },
  } as Parameters<typeof getLanguageService>[0]);
  const settings: LanguageSettings = {
    validate: true,
    schemas: [{ uri: "file:///compose.schema.json", fileMatch: ["*"], schema }],
  };
  service.configure(settings);
  let version = 0;
  return async () => {
    const document = TextDocument.create("file:///compose.yaml", "yaml", version++, write());
    return (await service.doValidation(document, false)).length;
  };
}

function round(milliseconds: number): number {
  return Number(milliseconds.toPrecision(3));
}
