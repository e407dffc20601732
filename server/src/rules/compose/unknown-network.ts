import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportUndeclared, usedNames } from "../writing/compose/undeclared-name.ts";

export const unknownNetwork = composeRule({
  id: "unknown-network",
  title: "Network that is declared nowhere",
  severity: "error",
  tags: ["run"],
  aliases: ["S96"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a network of a service that the top-level \`networks\` does not have. \`default\` is always there. Nothing is
      said when a part of the project is not known.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "refers to undefined network".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          networks: [backnd]
                     ^^^^^^ unknown-network: No network backnd is declared; did you mean backend?
      networks:
        backend:`,
    good: source`
      services:
        api:
          image: example/api:1.4
          networks: [default, backend]
      networks:
        backend:`,
  },

  check(project, report) {
    reportUndeclared(project, "networks", names, report);
  },
});

const names = usedNames(({ networks }) =>
  networks.map((it) => it.name).filter((it) => it.value !== "default"),
);
