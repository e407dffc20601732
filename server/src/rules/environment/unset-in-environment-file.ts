import { looksSecret } from "../../../../client/src/shared/secrets.ts";
import { isRaw } from "../../model/environment/environment-model.ts";
import { parseTemplate } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { isGivenByShell } from "../knowledge/shell/shell-variables.ts";
import { environmentRule, type Fix } from "../rule.ts";
import { singleQuoted } from "../writing/environment/dotenv-values.ts";

export const unsetInEnvironmentFile = environmentRule({
  id: "unset-in-environment-file",
  title: "Dollar sign in a value that takes a variable nobody sets",
  severity: "info",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`$NAME\` or \`\${NAME}\` without a default in a plain value or one in double quotes, where neither an entry above nor
      the \`.env\` of the project sets it. It is a warning in a secret. Names that each shell sets are left alone.`,
    why: source`
      Compose puts in the variable, which is empty unless the shell sets it: of the password \`pa$word\` only \`pa\` is left.
      Between single quotes a \`$\` is a \`$\`.`,
    context: { "compose.yaml": "services:\n  api:\n    image: example/api:1.4\n    env_file: .env\n" },
    bad: source`
      API_PASSWORD=pa$word
                     ^^^^^ unset-in-environment-file: Nothing sets this variable, so it is empty here unless the shell sets it.`,
    good: source`
      API_PASSWORD='pa$word'`,
  },

  check(model, report) {
    if (isRaw(model)) return;
    const above = new Set<string>(model.alsoSet.keys());
    for (const entry of model.file.entries) {
      const { name, value, valueSpan, verbatimAt, quote } = entry;
      if (quote !== "single" && value?.includes("$") && valueSpan)
        for (const part of parseTemplate(value)) {
          if (part.kind !== "variable" || part.operator !== undefined) continue;
          if (above.has(part.name) || isGivenByShell(part.name)) continue;
          const { start, end } = part.span;
          const span =
            verbatimAt === undefined ? valueSpan : { start: verbatimAt + start, end: verbatimAt + end };
          // The name may be a part of a password.
          const what = looksSecret(name) ? "this variable" : part.name;
          report(span, `Nothing sets ${what}, so it is empty here unless the shell sets it.`, {
            fixes: asItIs(entry),
            ...(looksSecret(name) && { severity: "warning" }),
          });
        }
      above.add(name);
    }
  },
});

function asItIs(entry: Parameters<typeof singleQuoted>[0]): readonly Fix[] {
  const edits = singleQuoted(entry);
  return edits ? [{ kind: "unsafe", title: "Keep the value as it is with single quotes", edits }] : [];
}
