import { expect, test } from "vitest";
import { readDclintConfiguration } from "../../../../server/src/rules/configuration/read-dclint.ts";

/** What is wrong, each with the text that it stands on. */
function wrong(text: string, inPackage = false): string[] {
  return readDclintConfiguration(text, inPackage).problems.map(
    ({ span, message, severity }) => `${severity}: ${text.slice(span.start, span.end)}: ${message}`,
  );
}

const json = `{
  "$schema": "./node_modules/dclint/schemas/linter-config.schema.json",
  "rules": {
    "no-version-field": 0,
    "require-quotes-in-ports": 1,
    "services-alphabetical-order": [2, {}]
  },
  "quiet": false,
  "debug": true,
  "exclude": ["tests", "./old/"]
}`;

test("levels are severities, and what is excluded is ignored", () => {
  const { configuration, problems } = readDclintConfiguration(json);
  expect(problems).toEqual([]);
  expect(configuration.severities).toEqual({
    "no-version-field": "off",
    "require-quotes-in-ports": "warning",
    "services-alphabetical-order": "error",
  });
  expect(configuration.ignore).toEqual(["**/*tests*", "**/*old*"]);
});

test("in a package.json the key alone counts", () => {
  const text = `{ "name": "shop", "version": 1, "dclint": { "rules": { "no-version-field": 2 } } }`;
  expect(wrong(text, true)).toEqual([]);
  expect(readDclintConfiguration(text, true).configuration.severities).toEqual({
    "no-version-field": "error",
  });
});

test("what is wrong is told in its place, and the rest holds", () => {
  const text = `rules:
  no-version-feild: 1
  no-shell: 1
  no-build-and-image: error
  require-quotes-in-ports: [1, {quoteType: single}]
  services-alphabetical-order: 1
quiet: yes please
exclud: [a]
`;
  expect(wrong(text)).toEqual([
    "warning: no-version-feild: There is no rule `no-version-feild` in dclint. Did you mean `no-version-field`?",
    "warning: no-shell: There is no rule `no-shell` in dclint. It can be set in `.plimsoll.yaml`.",
    "warning: error: The level of `no-build-and-image` is 0 (off), 1 (warning) or 2 (error).",
    "info: {quoteType: single}: Plimsoll takes the level of `require-quotes-in-ports`, and not its options.",
    "warning: yes please: `quiet` has to be true or false.",
    "warning: exclud: There is no key `exclud`. Did you mean `exclude`?",
  ]);
  expect(readDclintConfiguration(text).configuration.severities).toEqual({
    "require-quotes-in-ports": "warning",
    "services-alphabetical-order": "warning",
  });
});
