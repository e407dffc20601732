import { readFileSync } from "node:fs";
import { basename } from "node:path";
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
  const groups: readonly { readonly properties: Record<string, unknown> }[] =
    manifest.contributes.configuration;
  const properties = Object.assign({}, ...groups.map((it) => it.properties));
  expect(properties["plimsoll.rules"].additionalProperties.enum).toEqual(severityChoices);
  expect(properties["plimsoll.labels"].additionalProperties.enum).toEqual(labelKinds);
  expect(manifest.contributes.yamlValidation[0].url).toBe(`./${schemaFile}`);
});

test("names of rules are offered in the settings file too", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const validation = manifest.contributes.jsonValidation.find((it: { url: string }) =>
    it.url.includes("settings"),
  );
  const settings = JSON.parse(readFileSync(validation.url, "utf8"));
  const { $ref } = settings.properties["plimsoll.rules"];
  expect($ref).toBe(`./${basename(schemaFile)}#/properties/rules`);
});
