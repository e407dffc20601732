import { knownAt } from "../../model/compose/reading/known-at.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const invalidContainerName = composeRule({
  id: "invalid-container-name",
  title: "Name that no container can have",
  severity: "error",
  tags: ["run"],
  aliases: ["service-container-name-regex"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a \`container_name\` with other characters than letters, digits, \`_\`, \`.\` and \`-\`, or that does not begin with a
      letter or digit. A variable that is not known is left alone.`,
    why: source`
      Compose takes the file, and the engine refuses to make the container: "Invalid container name".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          container_name: shop/api
                          ^^^^^^^^ invalid-container-name: The engine takes no container name like shop/api: it has letters, digits, _, . and - only.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          container_name: shop_api`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { node } of project.services.values()) {
      const name = knownAt(project, node, "container_name");
      // What is no name for Compose either is told of as such.
      if (name?.node.type !== "string" || !/[a-zA-Z0-9][a-zA-Z0-9_.-]/.test(name.value)) continue;
      if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name.value)) continue;
      once(
        name.node.span,
        `The engine takes no container name like ${name.value}: it has letters, digits, _, . and - only.`,
      );
    }
  },
});
