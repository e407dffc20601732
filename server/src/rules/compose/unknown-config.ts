import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportUndeclared, usedNames } from "../writing/compose/undeclared-name.ts";

export const unknownConfig = composeRule({
  id: "unknown-config",
  title: "Config that is declared nowhere",
  severity: "error",
  tags: ["run"],
  aliases: ["S96"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a config of a service that the top-level \`configs\` does not have. Nothing is said when a part of the project is
      not known.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "refers to undefined config".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          configs: [api_tokn]
                    ^^^^^^^^ unknown-config: No config api_tokn is declared; did you mean api_token?
      configs:
        api_token:
          file: ./api_token.txt`,
    good: source`
      services:
        api:
          image: example/api:1.4
          configs: [api_token]
      configs:
        api_token:
          file: ./api_token.txt`,
  },

  check(project, report) {
    reportUndeclared(project, "configs", names, report);
  },
});

const names = usedNames((it) => it.configs);
