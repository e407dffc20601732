import { describe, expect, test } from "vitest";
import { completeCompose } from "../../../server/src/features/completion/compose.ts";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { composeOf } from "../../support/compose.ts";
import { readCursor } from "../../support/cursor.ts";

const dockerfiles = {
  "api/Dockerfile": "ARG GO=1.26\nFROM golang AS build\nARG TARGET=api\nFROM alpine AS final\n",
};

function candidates(fixture: string) {
  const { text, offset } = readCursor(fixture);
  return completeCompose(composeOf(text, { images: shippedImages, dockerfiles }), offset);
}

function labels(fixture: string): string[] {
  return candidates(fixture).map((it) => it.label);
}

function taken(fixture: string, label: string): string {
  const found = candidates(fixture).find((it) => it.label === label);
  if (!found) throw new Error(`${label} is not among ${labels(fixture).join(", ")}`);
  return applyEdits(readCursor(fixture).text, [found.edit]);
}

const project = `services:
  api:
    build:
      context: api
  db:
    image: postgres:18
    healthcheck:
      test: pg_isready
networks:
  front:
volumes:
  data:
`;

/** The project with more lines in the service `api`. */
function inApi(lines: string): string {
  return project.replace("      context: api\n", `      context: api\n${lines}\n`);
}

describe("keys", () => {
  test("at the top, and those that are there left out", () => {
    expect(labels("<|>")).toContain("services");
    const found = labels(`${project}<|>`);
    expect(found).toContain("secrets");
    expect(found).not.toContain("services");
  });

  test("of a service, with what follows them", () => {
    const found = labels(inApi("    <|>"));
    expect(found).toContain("depends_on");
    expect(found).not.toContain("build");
    expect(taken(inApi("    dep<|>"), "depends_on")).toContain("    depends_on:\n  - $0");
    expect(taken(inApi("    ima<|>"), "image")).toContain("    image: \n");
  });

  test("of the mappings inside", () => {
    expect(labels(inApi("      <|>"))).toContain("target");
    expect(labels(`${project}  other:\n    <|>`)).toContain("driver");
    expect(labels(inApi("    healthcheck:\n      <|>"))).toContain("start_period");
    expect(labels(inApi("    depends_on:\n      db:\n        <|>"))).toContain("condition");
  });

  test("values of those that have few", () => {
    expect(labels(inApi("    restart: <|>"))).toEqual(["no", "always", "on-failure", "unless-stopped"]);
    expect(labels(inApi("    depends_on:\n      db:\n        condition: service_<|>"))).toContain(
      "service_healthy",
    );
  });
});

describe("names", () => {
  test("other services behind depends_on", () => {
    expect(labels(inApi("    depends_on:\n      - <|>"))).toEqual(["db"]);
    expect(labels(inApi("    depends_on:\n    - <|>"))).toEqual(["db"]);
    expect(taken(inApi("    depends_on:\n      <|>"), "db")).toContain("condition: service_healthy");
  });

  const mountKeys = [
    "type",
    "source",
    "target",
    "read_only",
    "consistency",
    "bind",
    "volume",
    "tmpfs",
    "image",
  ];

  test("networks and volumes that are declared", () => {
    expect(labels(inApi("    networks:\n      - <|>"))).toEqual(["front"]);
    // A mount can be written with keys too.
    expect(labels(inApi("    volumes:\n      - <|>"))).toEqual(["data:", ...mountKeys]);
  });

  test("a volume at the place where the image keeps its data", () => {
    const image = shippedImages.find({ name: "postgres", tag: "18", digest: undefined });
    const found = labels(project.replace("    healthcheck:", "    volumes:\n      - <|>\n    healthcheck:"));
    for (const path of image?.volumes ?? []) expect(found).toContain(`data:${path}`);
    expect(found).toContain("data:");
  });

  test("stages of the Dockerfile that the context points to", () => {
    expect(labels(inApi("      target: <|>"))).toEqual(["build", "final"]);
  });

  test("arguments of that Dockerfile", () => {
    expect(labels(inApi("      args:\n        <|>"))).toEqual(["GO", "TARGET"]);
    expect(taken(inApi("      args:\n        - <|>"), "GO")).toContain("- GO=");
  });

  test("images and tags", () => {
    expect(labels(inApi("    image: pos<|>"))).toContain("postgres");
    expect(labels(inApi("    image: postgres:<|>"))).toEqual(shippedImages.tags("postgres"));
  });
});

test("nothing in comments, block scalars and flow collections", () => {
  expect(labels(inApi("    # <|>"))).toEqual([]);
  expect(labels(inApi("    command: |\n      <|>sh"))).toEqual([]);
  expect(labels(inApi("    ports: [<|>]"))).toEqual([]);
});

test("nothing is thrown at any place of an odd file", () => {
  const text =
    'services:\n - a\n - - b:\n\tx\n  api: &x\n  <<: *x\n  b: *x\n ? k\n : v\n"q: [1\nnetworks: {a';
  for (let offset = 0; offset <= text.length; offset++) completeCompose(composeOf(text), offset);
  expect(text).toBeDefined();
});
