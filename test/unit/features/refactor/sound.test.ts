import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { everyOffer, expectSame } from "../../../support/refactor.ts";

const folder = "test/fixtures/compose/sound";
const texts = [...readdirSync(folder).map((it) => `${folder}/${it}`), "examples/blog/compose.yaml"];

test.each(texts)("whatever is offered in %s keeps what it means", (name) => {
  const text = readFileSync(name, "utf8");
  for (const it of [text, text.replaceAll("\n", "\r\n"), text.trimEnd()]) {
    const offers = everyOffer(it, { absent: ["api.env"] });
    for (const offer of offers) expectSame(it, offer);
  }
  expect(true).toBe(true);
});
