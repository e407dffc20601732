import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../../../server/src/rules/all.ts";
import {
  labelKinds,
  readPlimsollConfiguration,
  severityChoices,
} from "../../../../server/src/rules/configuration/read-plimsoll.ts";
import { configurationSchema, schemaFile } from "../../../setup/schema.ts";

test("the schema is fresh: npm run docs", () => {
  expect(readFileSync(schemaFile, "utf8")).toBe(configurationSchema());
});

test("it offers every rule, and every key that is read", () => {
  const { properties } = JSON.parse(configurationSchema());
  for (const { id, aliases, tags } of rules)
    for (const name of [id, ...aliases, ...tags])
      expect(properties.rules.properties[name]?.enum).toEqual(severityChoices);
  const everything = Object.keys(properties).map((key) => `${key}: !x y\n`);
  const unknown = readPlimsollConfiguration(everything.join("")).problems.filter(
    (it) => it.code === "configuration-key",
  );
  expect(unknown).toEqual([]);
});

test("the settings of the manifest take the same values", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const { properties } = manifest.contributes.configuration;
  expect(properties["plimsoll.rules"].additionalProperties.enum).toEqual(severityChoices);
  expect(properties["plimsoll.labels"].additionalProperties.enum).toEqual(labelKinds);
  expect(manifest.contributes.yamlValidation[0].url).toBe(`./${schemaFile}`);
});
