import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportUndeclared, usedNames } from "../writing/compose/undeclared-name.ts";

export const unknownSecret = composeRule({
  id: "unknown-secret",
  title: "Secret that is declared nowhere",
  severity: "error",
  tags: ["run"],
  aliases: ["S96"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a secret of a service or of its build that the top-level \`secrets\` does not have. Nothing is said when a part of
      the project is not known.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "refers to undefined secret".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          secrets: [api_tokn]
                    ^^^^^^^^ unknown-secret: No secret api_tokn is declared; did you mean api_token?
      secrets:
        api_token:
          file: ./api_token.txt`,
    good: source`
      services:
        api:
          image: example/api:1.4
          secrets: [api_token]
      secrets:
        api_token:
          file: ./api_token.txt`,
  },

  check(project, report) {
    reportUndeclared(project, "secrets", names, report);
  },
});

const names = usedNames(({ secrets, build }) => [...secrets, ...(build?.secrets ?? [])]);
