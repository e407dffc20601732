import { budgetKeys, plimsollKeys, summaryOfName } from "../../server/src/rules/configuration/keys.ts";
import { severityNames } from "../../server/src/rules/configuration/names.ts";
import {
  failureLimits,
  labelKinds,
  severityChoices,
} from "../../server/src/rules/configuration/read-plimsoll.ts";
import { byteUnits } from "../../server/src/text/byte-size.ts";

/** Where the schema of `.plimsoll.yaml` is, from the root of the project. */
export const schemaFile = "schemas/plimsoll.schema.json";

/** The JSON schema of `.plimsoll.yaml` and its JSON form, for an editor's completion and hover. Made from the rules. */
export function configurationSchema(): string {
  const severity = { enum: severityChoices };
  const size = {
    type: "string",
    pattern: `^\\s*\\d+(\\.\\d+)?\\s*(${byteUnits.join("|")})\\s*$`,
    examples: ["25MB", "1.5GiB"],
  };
  const names = { type: "array", items: { type: "string" } };
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Plimsoll",
    description: "How Plimsoll checks the Dockerfiles and Compose files in this folder and below.",
    type: "object",
    additionalProperties: false,
    properties: {
      rules: {
        description: plimsollKeys.rules,
        type: "object",
        properties: Object.fromEntries(
          severityNames.map((name) => {
            return [name, { description: summaryOfName(name), ...severity }];
          }),
        ),
        // A newer version may know more of them.
        additionalProperties: severity,
      },
      "all-rules": { description: plimsollKeys["all-rules"], type: "boolean" },
      ignore: { description: plimsollKeys.ignore, ...names },
      "build-args": {
        description: plimsollKeys["build-args"],
        type: "object",
        additionalProperties: { type: ["string", "number", "boolean", "null"] },
      },
      "trusted-registries": { description: plimsollKeys["trusted-registries"], ...names },
      labels: {
        description: plimsollKeys.labels,
        type: "object",
        additionalProperties: { enum: labelKinds },
      },
      "strict-labels": { description: plimsollKeys["strict-labels"], type: "boolean" },
      "size-budget": {
        description: plimsollKeys["size-budget"],
        type: "object",
        additionalProperties: {
          anyOf: [
            size,
            {
              type: "object",
              additionalProperties: false,
              properties: {
                "max-size": { description: budgetKeys["max-size"], ...size },
                "max-transfer": { description: budgetKeys["max-transfer"], ...size },
              },
            },
          ],
        },
      },
      "fail-on": {
        description: plimsollKeys["fail-on"],
        enum: failureLimits,
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
