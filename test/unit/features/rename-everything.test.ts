import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Occurrence } from "../../../server/src/features/names/name.ts";
import { rules } from "../../../server/src/rules/all.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { checkFile } from "../../../server/src/workspace/check-file.ts";
import { kindOfFile } from "../../../server/src/workspace/languages.ts";
import { readMarkers } from "../../support/markers.ts";
import { type Files, type NamedProject, namedProject, renamedAt } from "../../support/names.ts";

const root = new URL("../../../", import.meta.url);

function filesIn(folder: string): Files {
  const names = readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true }).filter((it) =>
    it.isFile(),
  );
  return Object.fromEntries(
    names.map((it) => {
      const path = join(it.parentPath, it.name);
      return [path.slice(new URL(folder, root).pathname.length), readFileSync(path, "utf8")];
    }),
  );
}

const projects: Readonly<Record<string, Files>> = {
  "examples/blog": filesIn("examples/blog/"),
  ...Object.fromEntries(
    Object.entries(filesIn("test/fixtures/compose/sound/")).map(([name, text]) => [
      name,
      { "compose.yaml": text },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(filesIn("test/fixtures/healthy/")).map(([name, text]) => [name, { Dockerfile: text }]),
  ),
  ...Object.fromEntries(
    rules.flatMap(({ id, looksAt, docs }) => {
      const name = looksAt === "compose" ? "compose.yaml" : "Dockerfile";
      const texts = (["bad", "good"] as const).map(
        (it) => [`${id}, ${it}`, readMarkers(docs[it]).text] as const,
      );
      // Most Dockerfiles name nothing.
      return texts
        .filter(([, text]) => looksAt === "compose" || /^(?:FROM .* AS|ARG) /m.test(text))
        .map(([title, text]) => [title, { [name]: text }] as const);
    }),
  ),
  "several files": {
    "compose.yaml":
      "include: [more/compose.yaml]\nx-a: &a {restart: always}\nservices:\n  db: {<<: *a, image: 'postgres:${TAG:-18}', networks: [back]}\n  api:\n    <<: *a\n    build: {context: api, target: run, args: {VERSION: 2}}\n    depends_on: {db: {condition: service_started}}\n    networks: [back]\n    profiles: [all]\n    environment: [DB_HOST=db, URL=http://mail:25/]\nnetworks: {back: {}}\n",
    "compose.override.yaml": "services:\n  db: {ports: ['5432:5432']}\n  api: {build: {target: run}}\n",
    "more/compose.yaml": "services: {mail: {image: 'mail:${TAG}'}}\n",
    "api/Dockerfile":
      "ARG VERSION=1\nFROM golang:${VERSION} AS build\nARG VERSION\nRUN echo $VERSION\nFROM alpine AS run\nCOPY --from=build /a /a\n",
    ".env": "TAG=18\nCOMPOSE_PROFILES=all\n",
  },
};

/** Names that nothing has, as each kind of name may be. */
function freshName(kind: string): string {
  return kind === "variable" || kind === "argument" ? "QX_NEW" : "qxnew";
}

/** How many there are: where a slip of a name is near no other one any more, another rule may speak of it. */
/** Without `unused-resource`, which is silent as long as another name may be a slip of it: after a rename none is. */
function problemsIn(project: NamedProject): number {
  return Object.entries(project.files).reduce((sum, [name, text]) => {
    const kind = kindOfFile(name);
    const options = { onFailure: ({ error }: { error: unknown }) => expect.fail(String(error)) };
    if (kind === undefined) return sum;
    const found = checkFile(kind, text, join(project.folder, name), project.around, options);
    return sum + found.filter((it) => it.rule !== "unused-resource").length;
  }, 0);
}

/** One place of each name. */
function names(project: NamedProject): readonly Occurrence[] {
  const { table, folder, files } = project;
  const found = new Map<string, Occurrence>();
  for (const file of Object.keys(files))
    for (const it of table.inFile(join(folder, file))) {
      const { kind, scope, text } = it.name;
      const key = `${kind} ${scope} ${text}`;
      if (!found.has(key)) found.set(key, it);
    }
  return [...found.values()];
}

/** A name that nobody may give, or that ENV gives a meaning after the argument of that name. */
const unusualNames = /^(?:duplicate-stage-name|invalid-name|reserved-stage-name), bad$|^onbuild-base/;

/** `files-arm64` says what a stage is built for. */
const saysSomething = /arm64|amd64/;

describe.each(Object.entries(projects))("%s", (title, files) => {
  const asked = Object.keys(files).find((it) => kindOfFile(it) === "compose") ?? Object.keys(files)[0] ?? "";

  test("each place holds the name that it is said to", () => {
    const project = namedProject(files, asked);
    for (const it of names(project).flatMap(({ name }) => project.table.of(name))) {
      if (it.rewrite !== "name") continue;
      const text = files[it.file.slice(project.folder.length + 1)] ?? "";
      const written = text.slice(it.span.start, it.span.end);
      expect(it.name.kind === "stage" ? written.toLowerCase() : written).toBe(it.name.text);
    }
  });

  test("renamed there and back each file is as before, and on the way nothing new is wrong", () => {
    const project = namedProject(files, asked);
    const before = problemsIn(project);
    for (const { name, file, span } of names(project)) {
      const path = file.slice(project.folder.length + 1);
      const changed = renamedAt(project, path, span.start, freshName(name.kind));
      if (typeof changed === "string") continue;
      const there = namedProject({ ...files, ...changed }, asked);
      for (const [changedPath, text] of Object.entries(changed))
        if (kindOfFile(changedPath) === "compose")
          expect(parseCompose(text).problems.length).toBe(
            parseCompose(files[changedPath] ?? "").problems.length,
          );
      if (!saysSomething.test(name.text))
        expect(problemsIn(there), `${name.kind} ${name.text}`).toBeLessThanOrEqual(before);
      const fresh = there.table
        .inFile(join(there.folder, path))
        .find(
          (it) =>
            it.name.kind === name.kind && it.name.text.toLowerCase() === freshName(name.kind).toLowerCase(),
        );
      const back = fresh && renamedAt(there, path, fresh.span.start, name.text);
      const written = project.table
        .of(name)
        .filter((it) => it.rewrite === "name")
        .map((it) => files[it.file.slice(project.folder.length + 1)]?.slice(it.span.start, it.span.end));
      // Capitals of a stage's name say nothing, and are not remembered.
      if (typeof back === "string") expect(title).toMatch(unusualNames);
      else if (written.every((it) => it === name.text))
        expect(back, `${name.kind} ${name.text}`).toEqual(
          Object.fromEntries(Object.keys(changed).map((it) => [it, files[it]])),
        );
    }
  });
});
