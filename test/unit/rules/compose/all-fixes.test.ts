// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import fc from "fast-check";
import { expect, test } from "vitest";
import { rules } from "../../../../server/src/rules/all.ts";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { type ComposeSurroundings, composeOf, tryFixes } from "../../../support/compose.ts";
import { readMarkers } from "../../../support/markers.ts";

const composeRules = rules.filter((it) => it.looksAt === "compose");
/** Those that find something in `projects`; the fixes of the others are tried on their own examples. */
const inAnyLayout = new Set(
  "build-target-unknown dependency-not-awaited host-unknown unknown-network unknown-service unknown-volume wrong-data-path".split(
    " ",
  ),
);
const around = {
  dockerfiles: {
    Dockerfile:
      'FROM a AS builder\nARG NODE_VERSION\nFROM scratch AS production\nEXPOSE 8080\nENTRYPOINT ["a"]\n',
  },
  files: { ".env": "" },
  absent: ["api.env", "backnd", "init.sql", "api/Dockerfle"],
};

/** Examples that are about other files. */
const aroundExamples: Readonly<Record<string, ComposeSurroundings>> = {
  "build-context-missing": { ...around, files: { "backend/main.go": "" } },
  "build-secret-not-given": {
    dockerfiles: { Dockerfile: "FROM node:24\nRUN --mount=type=secret,id=npmrc,required npm ci\n" },
  },
  "dockerfile-missing": { ...around, dockerfiles: { "api/Dockerfile": "FROM scratch\n" } },
  "mount-hides-artifact": {
    absent: ["api"],
    dockerfiles: {
      Dockerfile:
        'FROM golang:1.27 AS build\nRUN CGO_ENABLED=0 go build -o /out/api .\nFROM alpine:3.24\nCOPY --from=build /out/api /app/api\nCMD ["/app/api"]\n',
    },
  },
  "mount-kind-differs": { files: { "site.conf": "server {}" } },
  "watch-without-effect": { absent: ["scr"], files: { "src/main.js": "" } },
  "resource-file-missing": { absent: ["ngnix.conf"], files: { "nginx.conf": "" } },
  "proxy-upstream-unknown": {
    files: { "nginx.conf": "server {\n  location / {\n    proxy_pass http://coments:8181;\n  }\n}\n" },
  },
};

const comment = fc.constantFrom("", "", " # why");
const quote = fc.constantFrom("", '"', "'");

/** Items of a list in one of the forms that YAML has, behind `key`, which stands at `indent`. */
function list(key: string, items: readonly string[], indent: number, step: number): fc.Arbitrary<string> {
  const blanks = " ".repeat(indent);
  const deeper = " ".repeat(indent + step);
  return fc
    .tuple(fc.constantFrom("flow", "spread", "block", "level"), comment, quote)
    .map(([form, note, mark]) => {
      const quoted = items.map((it) => (mark === "'" && it.includes("'") ? it : `${mark}${it}${mark}`));
      if (form === "flow") return `${blanks}${key}: [${quoted.join(", ")}]${note}\n`;
      if (form === "spread")
        return `${blanks}${key}: [${note}\n${quoted.map((it) => `${deeper}${it},${note}\n`).join("")}${blanks} ]\n`;
      const margin = form === "level" ? blanks : deeper;
      return `${blanks}${key}:${note}\n${quoted.map((it) => `${margin}- ${it}${note}\n`).join("")}`;
    });
}

/** A project with something for many rules to fix, in many layouts. */
const projects = fc
  .record({
    step: fc.constantFrom(2, 3, 4),
    crlf: fc.boolean(),
    tail: fc.constantFrom("", "\n", "# end\n", "volumes:\n"),
    note: comment,
  })
  .chain(({ step, crlf, tail, note }) => {
    const one = " ".repeat(step);
    const inner = 2 * step;
    const parts = fc.tuple(
      list("depends_on", ["db", "cache", "plain"], inner, step),
      list("networks", ["frnt", "other"], inner, step),
      list("volumes", ["logs:/logs", "pg-data:/x"], inner, step),
      list("environment", ["DATABASE_URL=postgres://u:p@postgres/app", "API_HOST=wbe"], inner, step),
      list("volumes", ["pgdata:/var/lib/postgresql/data"], inner, step),
    );
    return parts.map(([depends, networks, volumes, environment, data]) => {
      const deep = " ".repeat(inner);
      const text =
        `services:${note}\n${one}web:\n${deep}image: example/web:1\n${depends}${networks}${volumes}` +
        `${one}plain:${note}\n${deep}build: {context: ., target: prodution}\n${deep}depends_on: {dbs: {condition: service_started}}\n${environment}` +
        `${one}db:\n${deep}image: postgres:18\n${data}` +
        `${one}cache: {image: redis:8}${note}\n` +
        `networks:\n${one}front:${note}\n${tail}`;
      return crlf ? text.replaceAll("\n", "\r\n") : text;
    });
  });

/** The same for rules that add to lists and mappings, and put other values in. */
const networked = fc
  .record({
    step: fc.constantFrom(2, 3, 4),
    crlf: fc.boolean(),
    tail: fc.constantFrom("", "\n", "# end\n", "secrets:\n"),
    note: comment,
  })
  .chain(({ step, crlf, tail, note }) => {
    const one = " ".repeat(step);
    const inner = 2 * step;
    const parts = fc.tuple(
      list(
        "environment",
        [
          "REDIS_URL=redis://localhost:6380",
          "DB_URL=postgres://app:pw@db:5433/app",
          "KEY_FILE=/run/secrets/key",
          "DB_PASSWORD=pw",
        ],
        inner,
        step,
      ),
      list("secrets", ["other"], inner, step),
      list("networks", ["front"], inner, step),
      list("ports", ["5433:5432"], inner, step),
      list("environment", ["POSTGRES_USER=app", "POSTGRES_PASSWORD=secret"], inner, step),
    );
    return parts.map(([environment, secrets, networks, ports, settings]) => {
      const deep = " ".repeat(inner);
      const text =
        `version: "3"\nservices:${note}\n${one}web:\n${deep}image: example/web\n${environment}${secrets}${networks}` +
        `${deep}command: migrate && serve${note}\n${deep}healthcheck: {test: [curl, -f, http://x]}\n` +
        `${one}db:\n${deep}image: postgres:18\n${settings}${ports}${deep}networks: {back: }${note}\n` +
        `${one}cache: {image: "redis:8", networks: [front], ports: ["5433:6379"]}${note}\n` +
        `${one}sql: {image: "mysql:8.4"}${note}\n` +
        `networks:\n${one}front:${note}\n${one}back:\n${one}spare:\n${tail}` +
        (tail.startsWith("secrets") ? "" : "secrets:\n") +
        `${one}other: {file: ./other}\n${one}key: {file: ./key}\n`;
      return crlf ? text.replaceAll("\n", "\r\n") : text;
    });
  });

const inNetworked = new Set(
  (
    "command-needs-shell credentials-differ database-not-persisted healthcheck-list-form host-not-reachable " +
    "host-port-clash host-port-used-inside localhost-in-container obsolete-version plain-password published-database " +
    "required-variable-missing secret-not-granted unused-resource"
  ).split(" "),
);

test("every fix that adds to something leaves a sound file, in any layout", { timeout: 60_000 }, () => {
  const tried = new Map<string, number>();
  fc.assert(
    fc.property(networked, (text) => {
      for (const rule of composeRules.filter((it) => inNetworked.has(it.id)))
        tried.set(rule.id, (tried.get(rule.id) ?? 0) + tryFixes(rule, text, around));
    }),
    { numRuns: 30 },
  );
  expect([...inNetworked].filter((it) => !tried.get(it))).toEqual([]);
});

test("every fix leaves a sound file, in any layout", { timeout: 30_000 }, () => {
  const tried = new Map<string, number>();
  fc.assert(
    fc.property(projects, (text) => {
      for (const rule of composeRules.filter((it) => inAnyLayout.has(it.id)))
        tried.set(rule.id, (tried.get(rule.id) ?? 0) + tryFixes(rule, text, around));
    }),
    { numRuns: 40 },
  );
  expect([...inAnyLayout].filter((it) => !tried.get(it))).toEqual([]);
});

test.each(composeRules.filter((it) => it.fix !== "none" && !inAnyLayout.has(it.id)))(
  "the fixes of $id leave its example sound",
  (rule) => {
    const { text } = readMarkers(rule.docs.bad);
    const { context } = rule.docs;
    const surroundings = aroundExamples[rule.id] ?? (context ? { files: context } : around);
    expect(tryFixes(rule, text, surroundings)).toBeGreaterThan(0);
    expect(tryFixes(rule, text.replaceAll("\n", "\r\n"), surroundings)).toBeGreaterThan(0);
    expect(tryFixes(rule, text.trimEnd(), surroundings)).toBeGreaterThan(0);
    // Whatever is written as a list may be written in brackets, and comments may stand behind each line.
    const noted = text.replaceAll(/(?<=[\w\]}"])\n/g, " # why\n");
    expect(tryFixes(rule, noted, surroundings)).toBeGreaterThanOrEqual(0);
  },
);

test("no text makes a rule fail", { timeout: 30_000 }, () => {
  const pieces = fc.constantFrom(
    "services:\n",
    "  a:\n",
    "  b: ",
    "    image: postgres:18\n",
    "    depends_on: ",
    "[a, b]\n",
    "{a: {condition: service_started}}\n",
    "    networks:\n",
    "      - ",
    "    volumes: ",
    '["x:/var/lib/postgresql/data"]\n',
    "    environment:\n",
    "      A: http://b\n",
    "    extends: a\n",
    "    build: {target: x}\n",
    "    healthcheck: ",
    '    ports: ["80:80", {target: 5432, published: 80}]\n',
    "    command: a && $B\n",
    "    secrets: [x]\n",
    "    deploy: {replicas: 2}\n",
    "    container_name: a\n",
    "    network_mode: host\n",
    '    environment: [B="x", DB_HOST=b, X_FILE=/run/secrets/x]\n',
    "    profiles: [p]\n",
    "version: 1\n",
    "secrets: {x: }\n",
    "volumes:\n",
    "*x\n",
    "&x ",
    "<<: ",
    "!reset ",
    "null\n",
    "${A:-",
    "}",
    "\n",
    "- ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
      const text = parts.join("");
      const failures: unknown[] = [];
      const problems = checkCompose(composeOf(text, around), {
        rules: composeRules,
        onFailure: (it) => failures.push(it),
      });
      expect(failures).toEqual([]);
      for (const { span } of problems)
        expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
