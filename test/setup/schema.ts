import { rules } from "../../server/src/rules/all.ts";
import { severityNames, tags } from "../../server/src/rules/configuration/names.ts";
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
  const described = new Map<string, string>([
    ...Object.entries(tags),
    ...rules.flatMap((rule) =>
      rule.aliases.map((it): [string, string] => [it, `${rule.id}: ${rule.title}.`]),
    ),
    ...rules.map((it): [string, string] => [it.id, `${it.title}.`]),
  ]);
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
        description:
          "Severity of rules, by id, by another linter's name, or by tag. An id goes before an alias, and that before a tag.",
        type: "object",
        properties: Object.fromEntries(
          severityNames.map((name) => {
            const description = described.get(name) ?? "A problem of the syntax.";
            return [name, { description, ...severity }];
          }),
        ),
        // A newer version may know more of them.
        additionalProperties: severity,
      },
      "all-rules": { description: "Run the rules too that are off by default.", type: "boolean" },
      ignore: {
        description:
          "Files that are not checked, as globs from the folder of this file, read as in a .gitignore.",
        ...names,
      },
      "build-args": {
        description:
          "Values of ARG that Dockerfiles are judged with, as `docker build --build-arg` would give them.",
        type: "object",
        additionalProperties: { type: ["string", "number", "boolean", "null"] },
      },
      "trusted-registries": { description: "Registries that FROM may name; any when empty.", ...names },
      labels: {
        description: "Labels that an image has to have, with the kind of their value.",
        type: "object",
        additionalProperties: { enum: labelKinds },
      },
      "strict-labels": { description: "Report labels that are not among `labels`.", type: "boolean" },
      "size-budget": {
        description:
          "What images may weigh, by reference (`api`, `ghcr.io/acme/*`) or by the folder or file that they are built from (`services/api`). The most exact pattern counts; a `# plimsoll: max-size=25MB` above the FROM goes before all.",
        type: "object",
        additionalProperties: {
          anyOf: [
            size,
            {
              type: "object",
              additionalProperties: false,
              properties: {
                "max-size": { description: "On disk, all layers unpacked.", ...size },
                "max-transfer": { description: "Compressed, as a registry has it.", ...size },
              },
            },
          ],
        },
      },
      "fail-on": {
        description: "Lowest severity that makes `plimsoll check` fail; --fail-on goes before it.",
        enum: failureLimits,
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
