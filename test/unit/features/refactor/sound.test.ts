import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { everyOffer, expectSame } from "../../../support/refactor.ts";

const folder = "test/fixtures/compose/sound";
const texts = [...readdirSync(folder).map((it) => `${folder}/${it}`), "examples/blog/compose.yaml"];

/** Written so that there is nothing to write otherwise. */
const plain = `${folder}/windows-paths.yaml`;

test.each(texts)("whatever is offered in %s keeps what it means", (name) => {
  const text = readFileSync(name, "utf8");
  for (const it of [text, text.replaceAll("\n", "\r\n"), text.trimEnd()]) {
    const offers = everyOffer(it, { absent: ["api.env"] });
    if (name !== plain) expect(offers.length).toBeGreaterThan(0);
    for (const offer of offers) expectSame(it, offer);
  }
});

const note = fc.constantFrom("", "", " # why");
const quote = fc.constantFrom("", "", '"', "'");

/** A list or mapping behind `key` in one of the forms that YAML has. */
function written(
  key: string,
  parts: readonly string[],
  indent: number,
  step: number,
  isList: boolean,
): fc.Arbitrary<string> {
  const own = " ".repeat(indent);
  const deeper = " ".repeat(indent + step);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  return fc
    .tuple(fc.constantFrom("flow", "spread", "block", "level"), note, quote, fc.boolean())
    .map(([form, why, mark, wide]) => {
      const quoted = parts.map((it) => {
        if (!isList) {
          const [name, value = ""] = it.split(/: (.*)/s);
          return value === "" || /^["'{[]/.test(value)
            ? it
            : `${name}: ${mark}${value.replaceAll("'", mark === "'" ? "''" : "'")}${mark}`;
        }
        return `${mark}${it.replaceAll("'", mark === "'" ? "''" : "'")}${mark}`;
      });
      const safe = quoted.map((it) =>
        isList && (form === "flow" || form === "spread")
          ? it.replace(/^([^"'{]*[,{}[\]][^"'{]*)$/, '"$1"')
          : it,
      );
      if (form === "flow") return `${own}${key}: ${open}${safe.join(", ")}${close}${why}\n`;
      if (form === "spread")
        return `${own}${key}: ${open}${why}\n${safe.map((it) => `${deeper}${it},${why}\n`).join("")}${own} ${close}\n`;
      const margin = form === "level" && isList ? own : deeper;
      const dash = isList ? (wide ? "-   " : "- ") : "";
      return `${own}${key}:${why}\n${quoted.map((it) => `${wide ? `${margin}# on it\n` : ""}${margin}${dash}${it}${why}\n`).join("")}`;
    });
}

const layouts = fc
  .record({
    step: fc.constantFrom(2, 3, 4),
    crlf: fc.boolean(),
    tail: fc.constantFrom("", "\n", "# end\n"),
    why: note,
  })
  .chain(({ step, crlf, tail, why }) => {
    const one = " ".repeat(step);
    const inner = 2 * step;
    const deep = " ".repeat(inner);
    const list = (key: string, ...parts: string[]) => written(key, parts, inner, step, true);
    const mapping = (key: string, ...parts: string[]) => written(key, parts, inner, step, false);
    return fc
      .tuple(
        list(
          "environment",
          "A=1",
          "B=x y",
          "C=",
          "D",
          "E=it's",
          "URL=http://x:1/y?z=1",
          "ON=yes",
          "PASS_TOKEN=s3cr3t",
        ),
        list("labels", "a.b/c=d", "flag", "x=Host(a)"),
        list("ports", "8080:80", "127.0.0.1:9:9/udp", "22"),
        list("volumes", "./a:/a:ro", "data:/data", "/x"),
        list("networks", "front", "back"),
        list("depends_on", "db"),
        list("env_file", "a.env"),
        mapping("environment", "A: 1", "B: x y", "C:", "E: 1.5", "G: true", "PG_PASSWORD: pw"),
        mapping("labels", "a.b/c: d", "e: 5"),
        mapping("networks", "front: {}", "back:"),
        mapping("depends_on", "web: {condition: service_started}"),
        mapping("logging", "driver: json-file", "options: {max-size: 10m}"),
        mapping("logging", "driver: json-file", "options: {max-size: 10m}"),
        mapping("environment", "A: 1", "B: x y"),
      )
      .map((parts) => {
        const at = (index: number) => parts[index] ?? "";
        const text =
          `x-base: &base\n${one}init: true\n${one}restart: always\n` +
          `services:${why}\n${one}web:${why}\n${deep}image: example/web:1\n${[0, 1, 2, 3, 4, 5, 6, 11].map(at).join("")}` +
          `${one}db:\n${deep}<<: *base\n${deep}build: ./db${why}\n${[7, 8, 9, 12].map(at).join("")}` +
          `${one}c:\n${deep}build:\n${deep}${one}context: .\n${[10, 13].map(at).join("")}` +
          `networks:\n${one}front:\n${one}back:\nvolumes:\n${one}data:\n${tail}`;
        return crlf ? text.replaceAll("\n", "\r\n") : text;
      });
  });

test("and so it is in any layout", { timeout: 120_000 }, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(layouts, (text) => {
      for (const offer of everyOffer(text, { absent: ["web.env", "db.env", "c.env"] })) {
        seen.set(offer.id, (seen.get(offer.id) ?? 0) + 1);
        expectSame(text, offer);
      }
    }),
    { numRuns: 15 },
  );
  const ids =
    "block-form build dependencies env-file environment-file extract-anchor inline-alias networks pairs password ports volumes";
  expect([...seen.keys()].sort()).toEqual(ids.split(" "));
});
