import { expect, test } from "vitest";
import { judge } from "../../../../../server/src/model/compose/specification/mismatches.ts";
import { parseCompose } from "../../../../../server/src/syntax/compose/parse.ts";
import { source } from "../../../../../server/src/text/source.ts";
import verdicts from "../../../../fixtures/compose/specification-verdicts.json" with { type: "json" };
import { fileWith, samples } from "../../../../support/compose/compose-places.ts";

const mismatchesOf = (text: string) => judge(parseCompose(text).root, () => undefined).mismatches;
const found = (text: string) =>
  mismatchesOf(text).map((it) => `${it.path.join(".")} ${it.kind === "scalar" ? it.why : it.kind}`);

/** Keys that came after 2.40.3. */
const newer = /no_cache_filter|pre_start|provenance|sbom|initial_sync/;

/** As written in the record, e.g. `text` for `"text"`. */
const sampleOf = (name: string) => samples.find((it) => it === name || it === JSON.stringify(name));

test("what docker compose takes, fits", () => {
  const alarms = Object.entries(verdicts).flatMap(([path, { takes }]) =>
    takes.flatMap((name) => {
      const sample = sampleOf(name);
      if (sample === undefined) return [`${name} is no sample`];
      return mismatchesOf(fileWith(path, sample)).map((it) => `${path}: ${sample} (${it.kind})`);
    }),
  );
  expect(alarms).toEqual([]);
});

test("what docker compose refuses for its form, is found", () => {
  const cases = Object.entries(verdicts).flatMap(([path, { refuses }]) =>
    newer.test(path) ? [] : refuses.map((name) => ({ path, sample: sampleOf(name) ?? "" })),
  );
  const missed = cases.filter(({ path, sample }) => mismatchesOf(fileWith(path, sample)).length === 0);
  expect(cases.length).toBeGreaterThan(6000);
  // What is left is refused when Compose reads the values of a few fields more closely than its schema does.
  expect(missed.length / cases.length).toBeLessThan(0.03);
});

test("all of them, not only the first, in the order of the file", () => {
  expect(
    found(source`
      services:
        api:
          imag: x
          ports: 80
          user: 1000
          healthcheck: {interval: 30}
      volume: {}`),
  ).toEqual([
    "services.api.imag unknown-key",
    "services.api.ports wrong-kind",
    "services.api.user not-text",
    "services.api.healthcheck.interval no-form",
    "volume unknown-key",
  ]);
});

test("values with variables that are not known fit everywhere", () => {
  expect(
    found(source`
      services:
        api:
          image: \${IMAGE}
          scale: \${SCALE}
          init: "\${INIT:-maybe}"
          ports: \${PORTS}
          stop_grace_period: \${GRACE}s`),
  ).toEqual([]);
});

test("values with variables that are known are read with them", () => {
  const { root } = parseCompose("services:\n  api:\n    image: x\n    scale: ${SCALE}\n");
  expect(judge(root, () => "two").mismatches.map((it) => it.path.join("."))).toEqual(["services.api.scale"]);
  expect(judge(root, () => "2").mismatches).toEqual([]);
});

test("`!reset` stands for nothing; tags of YAML say what a value is", () => {
  expect(
    found(source`
      services:
        api:
          image: x
          ports: !reset null
          environment: !override {A: b}
          user: !!str 1000
          hostname: !!int "5"`),
  ).toEqual(["services.api.hostname not-text"]);
});

test("what an anchor brings is judged where it stands; extensions are the user's own", () => {
  expect(
    found(source`
      x-common: &common
        restart: always
        imag: x
      services:
        x-is-a-name-here:
          <<: *common
          image: x`),
  ).toEqual(["services.x-is-a-name-here.imag unknown-key"]);
});

test("a thousand services take no time to speak of, and junk none at all", () => {
  const services = Array.from({ length: 1000 }, (_, i) => `  s${i}:\n    image: x\n    ports: 80\n`);
  expect(mismatchesOf(`services:\n${services.join("")}`)).toHaveLength(1000);
  for (const junk of ["", "services", "services:", "services: []", "- a", "services: {a: [}", "a: &b [*b]"])
    expect(() => mismatchesOf(junk)).not.toThrow();
});
