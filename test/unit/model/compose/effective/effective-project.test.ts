import { describe, expect, test } from "vitest";
import {
  type CompositionProblem,
  type EffectiveNode,
  effectiveAt,
  type Origin,
} from "../../../../../server/src/model/compose/effective/tree.ts";
import { type Files, projectOf } from "../../../../support/compose/compose-projects.ts";

const lineOf = ({ source, span }: Origin) => `${source.name}:${source.file.lines.lineAt(span.start) + 1}`;
const told = ({ kind, message, origin }: CompositionProblem) => `${lineOf(origin)} ${kind}: ${message}`;
const problemsOf = (files: Files) => projectOf(files).problems.map(told);
const at = (files: Files, ...keys: string[]): EffectiveNode | undefined =>
  effectiveAt(projectOf(files).root, "services", ...keys);

describe("every value knows where it comes from", () => {
  const files = {
    "compose.yaml":
      "services:\n  web:\n    image: a\n    ports: ['80:80']\n    environment:\n      A: 1\n      B: 2\n",
    "compose.override.yaml":
      "services:\n  web:\n    image: b\n    ports:\n      - 81:81\n    environment: [B=3]\n",
  };

  test("a value that replaces another", () => {
    const image = at(files, "web", "image");
    expect(image && lineOf(image.origin)).toBe("compose.override.yaml:3");
    expect(image?.overrode.map(lineOf)).toEqual(["compose.yaml:3"]);
  });

  test("items and entries of several files", () => {
    const ports = at(files, "web", "ports");
    expect(ports?.kind === "sequence" && ports.items.map((it) => lineOf(it.origin))).toEqual([
      "compose.yaml:4",
      "compose.override.yaml:5",
    ]);
    expect(lineOf((at(files, "web", "environment", "A") as EffectiveNode).origin)).toBe("compose.yaml:6");
    const b = at(files, "web", "environment", "B");
    expect(b?.overrode.map(lineOf)).toEqual(["compose.yaml:7"]);
  });

  test("several that were replaced, the last one first", () => {
    const image = at(
      {
        ".env": "COMPOSE_FILE=a.yaml:b.yaml:c.yaml",
        "a.yaml": "services: {web: {image: a}}",
        "b.yaml": "services: {web: {image: b}}",
        "c.yaml": "services: {web: {image: c}}",
      },
      "web",
      "image",
    );
    expect(image?.overrode.map(lineOf)).toEqual(["b.yaml:1", "a.yaml:1"]);
  });

  test("the variables that decided a text, and those without a value", () => {
    const image = at(
      { ".env": "TAG=1", "compose.yaml": "services: {web: {image: 'a:${TAG}${MORE}'}}" },
      "web",
      "image",
    );
    expect(image?.kind === "scalar" && image.parts).toEqual([
      { text: "a:", variables: [], unset: undefined },
      { text: "1", variables: ["TAG"], unset: undefined },
      { text: "", variables: ["MORE"], unset: "${MORE}", open: true },
    ]);
  });
});

describe("which files make a project", () => {
  const files = {
    "compose.yaml": "services: {a: {image: a}}",
    "compose.override.yaml": "services: {a: {user: u}}",
    "other.yaml": "services: {b: {image: b}}",
    "sub/compose.yaml": "services: {c: {image: c}}",
  };
  const layers = (main: string, more: Files = {}) =>
    projectOf({ ...files, ...more }, main).layers.map((it) => it.slice("/project/".length));

  test("a usual name and its override, whichever is asked about", () => {
    expect(layers("compose.yaml")).toEqual(["compose.yaml", "compose.override.yaml"]);
    expect(layers("compose.override.yaml")).toEqual(["compose.yaml", "compose.override.yaml"]);
  });

  test("a file of another name or folder alone", () => {
    expect(layers("other.yaml")).toEqual(["other.yaml"]);
    expect(layers("sub/compose.yaml")).toEqual(["sub/compose.yaml"]);
  });

  test("whether Compose comes to them by itself", () => {
    expect(projectOf(files, "compose.override.yaml").found).toBe(true);
    expect(projectOf(files, "other.yaml").found).toBe(false);
    expect(projectOf({ ...files, "docker-compose.yml": "" }, "docker-compose.yml").found).toBe(false);
    expect(projectOf({ ...files, ".env": "COMPOSE_FILE=other.yaml" }, "other.yaml").found).toBe(true);
    expect(projectOf({ "compose.override.yaml": "" }, "compose.override.yaml").found).toBe(false);
  });

  test("those of COMPOSE_FILE, for those that it names", () => {
    const listed = { ".env": "COMPOSE_FILE=other.yaml:sub/compose.yaml:gone.yaml\n" };
    expect(layers("other.yaml", listed)).toEqual(["other.yaml", "sub/compose.yaml", "gone.yaml"]);
    expect(layers("compose.yaml", listed)).toEqual(["compose.yaml"]);
    expect(projectOf({ ...files, ...listed }, "other.yaml").problems.map(told)).toEqual([
      "other.yaml:1 missing-file: COMPOSE_FILE names gone.yaml, and there is no such file.",
    ]);
  });
});

describe("what is wrong is told with its place, and the rest is there", () => {
  test("files that are not there", () => {
    expect(
      problemsOf({
        "compose.yaml":
          "include:\n  - no.yaml\n  - path: [here.yaml, nor.yaml]\n    env_file: no.env\nservices:\n  web:\n    image: a\n    extends:\n      file: nope.yaml\n      service: x\n",
        "here.yaml": "services: {here: {image: a}}",
      }),
    ).toEqual([
      "compose.yaml:8 missing-file: web extends a service of nope.yaml, and there is no such file.",
      "compose.yaml:2 missing-file: no.yaml is included, and there is no such file.",
      "compose.yaml:3 missing-file: There is no file no.env to take variables from.",
      "compose.yaml:3 missing-file: nor.yaml is included, and there is no such file.",
    ]);
  });

  test("services that are not there", () => {
    expect(
      problemsOf({
        "compose.yaml":
          "services:\n  a: {extends: none, image: a}\n  b: {image: b, extends: {file: other.yaml, service: none}}\n",
        "other.yaml": "services: {some: {image: s}}",
      }),
    ).toEqual([
      "compose.yaml:2 missing-service: a extends none, which compose.yaml does not have.",
      "compose.yaml:3 missing-service: b extends none, which other.yaml does not have.",
    ]);
  });

  test("circles of services, in one file and through another", () => {
    const circles = {
      "compose.yaml":
        "services:\n  a: {extends: b, image: a}\n  b: {extends: c}\n  c: {extends: a}\n  self: {extends: self}\n  out: {extends: {file: o.yaml, service: x}, user: u}\n",
      "o.yaml": "services:\n  x:\n    extends: {file: compose.yaml, service: out}\n",
    };
    expect(problemsOf(circles)).toEqual([
      "compose.yaml:4 extends-cycle: Services extend one another in a circle: a, b, c, a.",
      "compose.yaml:5 extends-cycle: self extends itself.",
      "o.yaml:3 extends-cycle: Services extend one another in a circle: out, x, out (in compose.yaml, o.yaml).",
    ]);
    expect(at(circles, "out", "user")).toMatchObject({ value: "u" });
  });

  test("circles of files", () => {
    const circles = {
      "compose.yaml": "include: [a/compose.yaml]\nservices: {web: {image: w}}\n",
      "a/compose.yaml": "include:\n  - ../b.yaml\nservices: {a: {image: a}}\n",
      "b.yaml": "include:\n  - compose.yaml\n  - b.yaml\nservices: {b: {image: b}}\n",
    };
    expect(problemsOf(circles)).toEqual([
      "b.yaml:2 include-cycle: Files include one another in a circle: compose.yaml, a/compose.yaml, b.yaml, compose.yaml.",
      "b.yaml:3 include-cycle: Files include one another in a circle: b.yaml, b.yaml.",
    ]);
    const [first] = projectOf(circles).problems;
    expect(first?.via.map(lineOf)).toEqual(["compose.yaml:1", "a/compose.yaml:2"]);
    expect(at(circles, "b", "image")).toMatchObject({ value: "b" });
  });

  test("one name for two things", () => {
    expect(
      problemsOf({
        "compose.yaml": "include: [sub.yaml]\nservices: {web: {image: a}, same: {image: s}}\n",
        "sub.yaml": "services: {web: {image: b}, same: {image: s}}\n",
      }),
    ).toEqual([
      "compose.yaml:1 conflict: The service web of sub.yaml is declared in compose.yaml too, with another `image`.",
    ]);
  });

  test("what is fetched, further documents, and files that cannot be read to their end", () => {
    expect(
      problemsOf({
        "compose.yaml":
          "include: ['oci://example.com/x', two.yaml]\nservices:\n  a: {extends: {file: 'https://example.com/x.git', service: b}}\n",
        "two.yaml": "services: {b: {image: b}}\n---\nservices: {c: {image: c}}\n",
        "compose.override.yaml": "services:\n  a:\n  b: [\n",
      }),
    ).toEqual([
      expect.stringMatching(
        /^compose.override.yaml:\d unreadable: compose.override.yaml is not read to its end: /,
      ),
      "compose.yaml:3 not-read: a extends a service of https://example.com/x.git, which is not fetched here.",
      "compose.yaml:1 not-read: oci://example.com/x is not fetched here.",
      "two.yaml:1 not-read: Of two.yaml only the first document is shown; Compose merges all.",
    ]);
  });

  test.each([
    "",
    "services:",
    "services: 5",
    "- a",
    "include: 5",
    "services: {a: , b: [x], c: 1}",
    "a: &a [*a]",
  ])("anything is a project: %s", (text) => {
    expect(() => projectOf({ "compose.yaml": text, "compose.override.yaml": text })).not.toThrow();
  });
});

describe("much of it takes time linear in it", () => {
  /** Of this process alone: the machine may have more to do. */
  const milliseconds = (files: Files) => {
    const { user } = process.cpuUsage();
    const { problems } = projectOf(files);
    expect(problems).toEqual([]);
    return (process.cpuUsage().user - user) / 1000;
  };
  const many = (count: number, text: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => text(at)).join("");

  test.each<[string, (count: number) => Files]>([
    [
      "services that extend one another",
      (count) => ({
        "compose.yaml": `services:\n  s0: {image: a, user: u}\n${many(count, (at) => `  s${at + 1}: {extends: s${at}, image: i${at}}\n`)}`,
      }),
    ],
    [
      "services of two files that extend one of a third",
      (count) => ({
        "compose.yaml": `services:\n${many(count, (at) => `  s${at}: {extends: {file: base.yaml, service: b}, ports: ["${at}:80"]}\n`)}`,
        "compose.override.yaml": `services:\n${many(count, (at) => `  s${at}: {environment: {A: ${at}}}\n`)}`,
        "base.yaml": "services: {b: {image: b, environment: [A=1, B=2]}}",
      }),
    ],
    [
      "files that are included",
      (count) => ({
        "compose.yaml": `include: [${many(Math.round(count / 10), (at) => `f${at}.yaml, `)}]\nservices: {a: {image: a}}`,
        ...Object.fromEntries(
          Array.from({ length: Math.round(count / 10) }, (_, at) => [
            `f${at}.yaml`,
            `services: {f${at}: {image: a}}`,
          ]),
        ),
      }),
    ],
    [
      "an anchor that all services use",
      (count) => ({
        "compose.yaml": `x-a: &a\n${many(20, (at) => `  K${at}: {deep: [1, 2]}\n`)}services:\n${many(count, (at) => `  s${at}: {image: a, labels: *a}\n`)}`,
      }),
    ],
  ])("%s", (_, files) => {
    milliseconds(files(300));
    const few = Math.max(milliseconds(files(400)), 5);
    expect(milliseconds(files(4000)) / few).toBeLessThan(40);
  });

  test("files that include each other twice over are read once each", () => {
    const files: Record<string, string> = {
      "compose.yaml": "include: [l0.yaml, r0.yaml]\nservices: {a: {image: a}}",
    };
    for (let at = 0; at < 30; at++) {
      const include = at < 29 ? `include: [l${at + 1}.yaml, r${at + 1}.yaml]\n` : "";
      files[`l${at}.yaml`] = `${include}services: {l${at}: {image: a}}`;
      files[`r${at}.yaml`] = `${include}services: {r${at}: {image: a}}`;
    }
    expect(milliseconds(files)).toBeLessThan(5000);
  });
});
