import { isComposeSetting } from "../../model/environment/known-variables.ts";
import { variableUsesInDotenv } from "../../model/environment/variable-uses.ts";
import { source } from "../../text/source.ts";
import { environmentRule } from "../rule.ts";

export const unusedInEnvironmentFile = environmentRule({
  id: "unused-in-environment-file",
  title: "Variable in .env that no Compose file uses",
  severity: "hint",
  tags: ["clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports an entry of \`.env\` that no Compose file beside it uses, where all of them can be read, no service gets the file
      by \`env_file\`, and nothing else in the folder looks as if it read it.`,
    why: source`
      \`.env\` sets variables for \`\${…}\` in the Compose file, and gives none to a container by itself. What nobody uses was
      renamed, or was meant for a container and needs \`env_file\` or \`environment\`.`,
    context: { "compose.yaml": "services:\n  api:\n    image: example/api:${TAG}\n" },
    bad: source`
      TAG=1.4
      LOG_LEVEL=debug
      ^^^^^^^^^ unused-in-environment-file: No Compose file here uses LOG_LEVEL, and no container gets it.`,
    good: source`
      TAG=1.4`,
  },

  check(model, report) {
    if (!model.usesComplete) return;
    const inItself = new Set(variableUsesInDotenv(model.file, "").map((it) => it.name));
    for (const { name, nameSpan, value } of model.file.entries) {
      if (value === undefined || model.uses.has(name) || inItself.has(name) || isComposeSetting(name))
        continue;
      report(nameSpan, `No Compose file here uses ${name}, and no container gets it.`);
    }
  },
});
