import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type CodeAction,
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  type TextDocumentEdit,
} from "vscode-languageserver-protocol/node";
import type {
  ComposeProjectResult,
  ServiceBuildResult,
  ServicesResult,
  StagesResult,
  VariantsResult,
} from "../../client/src/shared/server-messages.ts";
import { LineIndex } from "../../server/src/text/line-index.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const uri = "untitled:Dockerfile";
const all = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

/** The text after an action's edits. */
function applied(text: string, action: CodeAction | undefined): string {
  const change = action?.edit?.documentChanges?.[0] as TextDocumentEdit | undefined;
  const lines = new LineIndex(text);
  const edits = (change?.edits ?? []).flatMap((it) => ("newText" in it ? [it] : []));
  return [...edits]
    .sort(
      (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
    )
    .reduce((result, { range, newText }) => {
      const offset = (it: { line: number; character: number }) => lines.startOf(it.line) + it.character;
      return result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end));
    }, text);
}

async function actions(editor: Editor, text: string, only?: string[]): Promise<CodeAction[]> {
  await editor.open(uri, text);
  const diagnostics = [...(await editor.diagnostics(uri))];
  const found = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: all,
    context: { diagnostics, ...(only && { only }) },
  });
  return (found ?? []) as CodeAction[];
}

describe("code actions", () => {
  const text =
    "FROM alpine:3.22\nRUN apk add curl\nCOPY a /b\nRUN chown 1000:1000 /b\nUSER 1000\nENTRYPOINT /b\n";

  test("quick fixes carry their diagnostic, a version, and the safe ones are preferred", async () => {
    const editor = await startEditor();
    const found = await actions(editor, text);
    const fix = found.find((it) => it.isPreferred);
    expect(fix?.kind).toBe("quickfix");
    expect(fix?.diagnostics).toHaveLength(1);
    expect(fix?.edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri, version: 1 } });
    expect(found.some((it) => it.kind?.startsWith("source"))).toBe(false);
    expect(found.map((it) => it.title)).toContain("Ignore package-cache-left here");
    expect(editor.errors).toEqual([]);
  });

  test("source.fixAll.plimsoll makes every safe fix; what is left has none", async () => {
    const editor = await startEditor();
    for (const only of ["source.fixAll.plimsoll", "source.fixAll", "source"]) {
      const [action, ...more] = await actions(editor, text, [only]);
      expect(more).toEqual([]);
      expect(action?.kind).toBe("source.fixAll.plimsoll");
      expect(applied(text, action)).toMatch(/apk add --no-cache curl/);
      await editor.close(uri);
    }
    const fixed = applied(text, (await actions(editor, text, ["source.fixAll"]))[0]);
    await editor.change(uri, 2, fixed);
    const left = await editor.diagnostics(uri);
    expect(left.filter((it) => it.data.fix === "safe")).toEqual([]);
    await editor.close(uri);
    expect(await actions(editor, fixed, ["source.fixAll"])).toEqual([]);
  });

  test("only what is asked for", async () => {
    const editor = await startEditor();
    expect(await actions(editor, text, ["refactor"])).toEqual([]);
    const quick = await actions(editor, text, ["quickfix"]);
    expect(new Set(quick.map((it) => it.kind))).toEqual(new Set(["quickfix"]));
  });
});

describe("answers about a place", () => {
  test("completion, with snippets where the editor takes them", async () => {
    const editor = await startEditor();
    await editor.open(uri, "FROM alpine\nWORK");
    const params = { textDocument: { uri }, position: { line: 1, character: 4 } };
    const found = await editor.connection.sendRequest(CompletionRequest.type, params);
    const item = (Array.isArray(found) ? found : []).find((it) => it.label === "WORKDIR");
    expect(item).toMatchObject({
      insertTextFormat: 2,
      textEdit: {
        newText: `WORKDIR \${1:/app}`,
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
      },
    });

    const plain = await startEditor({ capabilities: {} });
    await plain.open(uri, "FROM alpine\nWORK");
    const simple = await plain.connection.sendRequest(CompletionRequest.type, params);
    expect((Array.isArray(simple) ? simple : []).find((it) => it.label === "WORKDIR")).toMatchObject({
      insertTextFormat: 1,
      textEdit: { newText: "WORKDIR /app" },
    });
  });

  test("hover", async () => {
    const editor = await startEditor();
    await editor.open(uri, "FROM alpine:3.22\n");
    const ask = (character: number) =>
      editor.connection.sendRequest(HoverRequest.type, {
        textDocument: { uri },
        position: { line: 0, character },
      });
    expect(await ask(7)).toMatchObject({
      contents: { kind: "markdown" },
      range: { start: { line: 0, character: 5 }, end: { line: 0, character: 16 } },
    });
    expect(await ask(400)).toBeNull();
    await editor.change(uri, 2, "\n\n");
    expect(await ask(0)).toBeNull();
  });

  test("symbols, folding, definition", async () => {
    const editor = await startEditor();
    await editor.open(uri, "FROM golang AS build\nRUN a \\\n  b\nFROM alpine\nCOPY --from=build a b\n");
    const textDocument = { uri };
    const symbols = await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    expect(symbols?.map((it) => it.name)).toEqual(["build", "stage 1"]);
    const folds = await editor.connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    expect(folds?.map((it) => [it.startLine, it.endLine])).toEqual([
      [0, 2],
      [3, 4],
      [1, 2],
    ]);
    const target = await editor.connection.sendRequest(DefinitionRequest.type, {
      textDocument,
      position: { line: 4, character: 14 },
    });
    expect(target).toMatchObject({
      uri,
      range: { start: { line: 0, character: 15 }, end: { line: 0, character: 20 } },
    });
  });

  test("lines end at a lone CR for the editor, though not for the builder", async () => {
    const editor = await startEditor();
    await editor.open(uri, "# a\r# b\nFROM alpine AS builder\nFROM alpine\nCOPY --from=biulder a b\n");
    const found = (await editor.diagnostics(uri)).find((it) => it.code === "unknown-stage");
    expect(found?.range.start.line).toBe(4);
  });
});

describe("requests of our own", () => {
  test("plimsoll/stages", async () => {
    const editor = await startEditor();
    await editor.open(
      uri,
      "ARG GO=1.26\nFROM golang:$GO AS build\nARG TOKEN\nRUN go build \\\n  -o /app\nFROM scratch\nEXPOSE 8080\nCOPY --from=build /app /app\n",
    );
    const found = await editor.connection.sendRequest<StagesResult | null>("plimsoll/stages", { uri });
    expect(found).toEqual({
      uri,
      stages: [
        {
          index: 0,
          name: "build",
          line: 1,
          endLine: 4,
          base: "golang:1.26",
          isFinal: false,
          ports: [],
          arguments: [
            { name: "GO", default: "1.26", line: 0 },
            { name: "TOKEN", default: null, line: 2 },
          ],
          secrets: [],
          ssh: [],
          chain: [
            { keyword: "ARG", text: "ARG TOKEN", stage: 0, line: 2, endLine: 2 },
            { keyword: "RUN", text: "RUN go build \\\n  -o /app", stage: 0, line: 3, endLine: 4 },
          ],
          budgets: [],
        },
        {
          index: 1,
          name: null,
          line: 5,
          endLine: 7,
          base: "scratch",
          isFinal: true,
          ports: ["8080/tcp"],
          arguments: [{ name: "GO", default: "1.26", line: 0 }],
          secrets: [],
          ssh: [],
          chain: [
            { keyword: "EXPOSE", text: "EXPOSE 8080", stage: 1, line: 6, endLine: 6 },
            { keyword: "COPY", text: "COPY --from=build /app /app", stage: 1, line: 7, endLine: 7 },
          ],
          budgets: [],
        },
      ],
    });
  });

  test("budgets come with the stages: of comments, of files around, of the settings", async () => {
    const folder = temporaryFolder({
      ".git/HEAD": "",
      ".plimsoll.yaml": "size-budget:\n  '*': 1GB\n  api: { max-size: 200MB, max-transfer: 80MB }\n",
      "api/.plimsoll.yaml": "size-budget:\n  ghcr.io/acme/*: 150MB\nrules: { size-budget: error }\n",
      "api/Dockerfile":
        "FROM alpine AS a\n# plimsoll: max-size=25MB\nFROM alpine AS b\n# plimsoll ignore=size-budget\nFROM alpine\n",
    });
    const file = pathToFileURL(join(folder, "api/Dockerfile")).href;
    const editor = await startEditor({ folder, settings: { sizeBudget: { "./": "2GB" } } });
    const found = await editor.connection.sendRequest<StagesResult | null>("plimsoll/stages", { uri: file });
    const configured = (path: string | null, pattern: string) => ({ kind: "configuration", path, pattern });
    const common = [
      {
        ...{ of: "disk", bytes: 150_000_000, severity: "error", image: "ghcr.io/acme/*" },
        from: configured(join(folder, "api/.plimsoll.yaml"), "ghcr.io/acme/*"),
      },
      ...[
        { of: "disk", bytes: 200_000_000, pattern: "api" },
        { of: "transfer", bytes: 80_000_000, pattern: "api" },
        { of: "disk", bytes: 1_000_000_000, pattern: "*" },
      ].map(({ of, bytes, pattern }) => ({
        ...{ of, bytes, severity: "error", image: null },
        from: configured(join(folder, ".plimsoll.yaml"), pattern),
      })),
      {
        ...{ of: "disk", bytes: 2_000_000_000, severity: "error", image: null },
        from: configured(null, "./"),
      },
    ];
    expect(found?.stages.map((it) => it.budgets)).toEqual([
      common,
      [
        { of: "disk", bytes: 25_000_000, severity: "error", image: null, from: { kind: "comment", line: 1 } },
        ...common,
      ],
      [],
    ]);
  });

  test("plimsoll/services, of a file that is not open too", async () => {
    const folder = temporaryFolder({
      "api/Dockerfile": "FROM scratch AS final\n",
      "compose.yaml":
        "services:\n  api:\n    build:\n      context: ./api\n      target: final\n      args:\n        GO: '1.26'\n  db:\n    image: postgres:18\n    profiles: [all, data]\n    develop:\n      watch: [{ path: ., action: restart }]\nname: shop-${STAGE:-dev}\n",
    });
    const file = pathToFileURL(join(folder, "compose.yaml")).href;
    const editor = await startEditor({ folder });
    const found = await editor.connection.sendRequest<ServicesResult | null>("plimsoll/services", {
      uri: file,
    });
    expect(found?.name).toBe("shop-${STAGE:-dev}");
    expect(found?.services).toMatchObject([
      {
        name: "api",
        profiles: [],
        watches: false,
        line: 1,
        image: null,
        build: {
          context: "./api",
          dockerfile: "Dockerfile",
          dockerfileUri: pathToFileURL(join(folder, "api/Dockerfile")).href,
          target: "final",
          arguments: [{ name: "GO", default: "1.26", line: 6 }],
        },
      },
      {
        name: "db",
        line: 7,
        image: "postgres:18",
        build: null,
        profiles: ["all", "data"],
        watches: true,
      },
    ]);
  });

  test("plimsoll/variants: whole texts of what is in the editor, and why there are none", async () => {
    const editor = await startEditor();
    const ask = () => editor.connection.sendRequest<VariantsResult | null>("plimsoll/variants", { uri });
    const text =
      'FROM golang:1.27 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /api .\nFROM alpine:3.24\nCOPY --from=build /api /api\nUSER 1000:1000\nCMD ["/api"]\n';
    await editor.open(uri, text);
    const found = await ask();
    expect(found).toMatchObject({ uri, text, why: null });
    expect(found?.variants.map((it) => it.base)).toEqual([
      "alpine:3.24",
      "scratch",
      "gcr.io/distroless/static-debian13:nonroot",
      "debian:trixie-slim",
    ]);
    expect(found?.variants[0]?.text).toBe(text);
    expect(found?.variants[1]?.text).toContain("FROM scratch\n");

    await editor.open(`${uri}.other`, "FROM example.com/own:1\n");
    const none = await editor.connection.sendRequest<VariantsResult | null>("plimsoll/variants", {
      uri: `${uri}.other`,
    });
    expect(none).toMatchObject({ variants: [], refused: [] });
    expect(none?.why).toContain("not known well enough");
  });

  test("plimsoll/serviceBuild: the whole section, with variables, secrets and what it extends", async () => {
    const folder = temporaryFolder({
      ".env": "TAG=1.2\n",
      "compose.yaml": `name: shop
services:
  base:
    build:
      context: ./api
      args: { GO: "1.26", FROM_SHELL: }
      labels: { a: b }
  api:
    extends: base
    image: example/api:\${TAG}
    build:
      dockerfile: docker/api.Dockerfile
      target: final
      args: ["BUILD_MODE=\${BUILD_MODE:-prod}"]
      tags: [example/api:latest]
      secrets: [npm, { source: key, target: deploy }, nowhere]
      ssh: [default, other=./id_rsa]
      cache_from: [example/api:cache]
      platforms: [linux/amd64, linux/arm64]
      additional_contexts: { shared: ../shared, base: docker-image://alpine }
      extra_hosts: ["db=10.0.0.1", "v6:::1"]
      network: host
      pull: true
      no_cache: true
      shm_size: 1gb
  web:
    build: { dockerfile_inline: "FROM scratch\\nLABEL a=$$b c=\${NOT_SET_ANYWHERE}\\n" }
  plain:
    image: alpine
secrets:
  npm: { environment: NPM_TOKEN }
  key: { file: ~/deploy.key }
`,
    });
    const editor = await startEditor({ folder });
    const ask = (service: string) =>
      editor.connection.sendRequest<ServiceBuildResult | null>("plimsoll/serviceBuild", {
        uri: pathToFileURL(join(folder, "compose.yaml")).href,
        service,
      });
    expect(await ask("api")).toEqual({
      image: "example/api:1.2",
      tags: ["example/api:latest"],
      context: join(folder, "api"),
      isRemote: false,
      dockerfile: join(folder, "api/docker/api.Dockerfile"),
      inline: null,
      target: "final",
      args: { GO: "1.26", FROM_SHELL: null, BUILD_MODE: "prod" },
      secrets: [
        { id: "npm", file: null, environment: "NPM_TOKEN" },
        { id: "deploy", file: join(homedir(), "deploy.key"), environment: null },
      ],
      ssh: [
        { id: "default", path: null },
        { id: "other", path: join(folder, "id_rsa") },
      ],
      labels: { a: "b" },
      contexts: { shared: join(folder, "../shared"), base: "docker-image://alpine" },
      extraHosts: { db: "10.0.0.1", v6: "::1" },
      cacheFrom: ["example/api:cache"],
      platforms: ["linux/amd64", "linux/arm64"],
      network: "host",
      pull: true,
      noCache: true,
      others: ["shm_size", "secrets.nowhere"],
      unset: [],
    });
    expect(await ask("web")).toMatchObject({
      image: "shop-web",
      context: folder,
      inline: "FROM scratch\nLABEL a=$b c=\n",
      unset: ["NOT_SET_ANYWHERE"],
    });
    expect(await ask("plain")).toBeNull();
    expect(await ask("not-there")).toBeNull();
  });

  test("plimsoll/serviceBuild: an override file is laid over, from whichever of the two one asks", async () => {
    const folder = temporaryFolder({
      "docker-compose.yml":
        "services:\n  a:\n    build: { context: a, args: { A: '1', B: '1' }, tags: [x] }\n",
      "docker-compose.override.yml":
        "services:\n  a:\n    image: over\n    build: { target: dev, args: { B: '2' }, tags: [y] }\n",
    });
    const editor = await startEditor({ folder });
    for (const name of ["docker-compose.yml", "docker-compose.override.yml"]) {
      const uri = pathToFileURL(join(folder, name)).href;
      expect(
        await editor.connection.sendRequest<ServiceBuildResult | null>("plimsoll/serviceBuild", {
          uri,
          service: "a",
        }),
      ).toMatchObject({
        image: "over",
        context: join(folder, "a"),
        target: "dev",
        args: { A: "1", B: "2" },
        tags: ["x", "y"],
      });
    }
  });

  test("plimsoll/serviceBuild: of an included service, and of one whose build another file has", async () => {
    const folder = temporaryFolder({
      "compose.yaml":
        "include: [sub/compose.yaml]\nservices:\n  a: { extends: { file: base/base.yaml, service: b } }\n",
      "sub/compose.yaml": "services: { s: { build: { context: ., args: { A: '${A}' } } } }\n",
      "sub/.env": "A=1\n",
      "base/base.yaml": "services: { b: { build: ./b } }\n",
    });
    const editor = await startEditor({ folder });
    const ask = (service: string) =>
      editor.connection.sendRequest<ServiceBuildResult | null>("plimsoll/serviceBuild", {
        uri: pathToFileURL(join(folder, "compose.yaml")).href,
        service,
      });
    expect(await ask("s")).toMatchObject({ context: join(folder, "sub"), args: { A: "1" }, others: [] });
    expect(await ask("a")).toMatchObject({ context: join(folder, "base/b"), others: [], unset: [] });
  });

  test("plimsoll/isComposePart: what is included, extended or listed, whatever it is called", async () => {
    const folder = temporaryFolder({
      ".git/HEAD": "",
      "compose.yaml":
        "include: [infra/db.yml, { path: [infra/mail.yaml] }]\nservices:\n  api: { extends: { file: base/web.yml, service: web } }\n",
      "docker-compose.jobs.yml": "services:\n  job: { extends: { file: common.yml, service: job } }\n",
      ".env": "COMPOSE_FILE=compose.yaml:listed.yaml\nCOMPOSE_PATH_SEPARATOR=:\n",
      "infra/db.yml": "services: { db: { image: a } }\n",
      "infra/mail.yaml": "services: { mail: { image: a } }\n",
      "common.yml": "services: { job: { image: a } }\n",
      "listed.yaml": "services: { more: { image: a } }\n",
      "other.yml": "services: { x: { image: a } }\n",
      "infra/values.yaml": "replicas: 1\n",
    });
    const editor = await startEditor({ folder });
    const ask = (path: string) =>
      editor.connection.sendRequest<boolean>("plimsoll/isComposePart", {
        uri: pathToFileURL(join(folder, path)).href,
      });
    for (const path of ["infra/db.yml", "infra/mail.yaml", "common.yml", "listed.yaml"])
      expect(await ask(path), path).toBe(true);
    for (const path of ["other.yml", "infra/values.yaml", "missing.yml"])
      expect(await ask(path), path).toBe(false);
  });

  test("plimsoll/composeProject: services of all files, and the file that Compose is started with", async () => {
    const folder = temporaryFolder({
      ".git/HEAD": "",
      "shop/compose.yaml": "include: [db/compose.yaml]\nservices:\n  api: { image: a, profiles: [web] }\n",
      "shop/compose.override.yaml":
        "services:\n  api: { develop: { watch: [{ path: ., action: restart }] } }\n  mail: { image: m }\n",
      "shop/.env": "COMPOSE_PROFILES=web, jobs\nCOMPOSE_PROJECT_NAME=store\n",
      "shop/db/compose.yaml": "services:\n  db: { image: 'postgres:18', profiles: [jobs] }\n",
      "other/compose.a.yaml": "name: x-$NOT_SET_ANYWHERE\nservices: { a: { image: a } }\n",
      "listed/b.yaml": "services: { b: { image: b } }\n",
      "listed/compose.yaml": "services: { c: { image: c } }\n",
      "listed/prod.env": "COMPOSE_FILE=b.yaml:compose.yaml\nCOMPOSE_PATH_SEPARATOR=:\n",
    });
    const uri = (path: string) => pathToFileURL(join(folder, path)).href;
    const editor = await startEditor({ folder });
    const ask = (path: string) =>
      editor.connection.sendRequest<ComposeProjectResult | null>("plimsoll/composeProject", {
        uri: uri(path),
      });
    for (const path of ["shop/compose.yaml", "shop/compose.override.yaml", "shop/db/compose.yaml"])
      expect(await ask(path), path).toEqual({
        main: uri("shop/compose.yaml"),
        files: [uri("shop/compose.yaml"), uri("shop/compose.override.yaml")],
        found: true,
        name: "store",
        services: [
          { name: "api", profiles: ["web"], watches: true },
          { name: "db", profiles: ["jobs"], watches: false },
          { name: "mail", profiles: [], watches: false },
        ],
        usualProfiles: ["web", "jobs"],
      });
    expect(await ask("other/compose.a.yaml")).toMatchObject({
      main: uri("other/compose.a.yaml"),
      files: [uri("other/compose.a.yaml")],
      found: false,
      name: null,
    });
    expect(await ask("listed/compose.yaml")).toMatchObject({ services: [{ name: "c" }] });
    vi.stubEnv("COMPOSE_ENV_FILES", "prod.env");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(await ask("listed/compose.yaml")).toMatchObject({
      main: uri("listed/b.yaml"),
      found: true,
      services: [{ name: "b" }, { name: "c" }],
    });
    writeFileSync(join(folder, "listed/b.yaml"), "services: { late: { image: b } }\n");
    expect(await ask("listed/compose.yaml")).toMatchObject({ services: [{ name: "late" }, { name: "c" }] });
    expect(await ask("listed/gone.yaml")).toBeNull();
  });

  test("null for what is no such file", async () => {
    const editor = await startEditor();
    expect(
      await editor.connection.sendRequest("plimsoll/stages", { uri: "file:///no/such/Dockerfile" }),
    ).toBeNull();
    expect(
      await editor.connection.sendRequest("plimsoll/services", { uri: "http://x/compose.yaml" }),
    ).toBeNull();
    for (const missing of ["file:///no/such/compose.yaml", "http://x/compose.yaml", uri])
      expect(
        await editor.connection.sendRequest("plimsoll/serviceBuild", { uri: missing, service: "a" }),
      ).toBeNull();
    await editor.open(uri, "FROM a\n");
    expect(await editor.connection.sendRequest("plimsoll/services", { uri })).toBeNull();
  });
});
