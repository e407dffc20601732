import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const invalidName = composeRule({
  id: "invalid-name",
  title: "Name that Compose does not allow",
  severity: "error",
  tags: ["build"],
  aliases: ["invalid-schema"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports names of services, volumes, secrets, configs and dependencies with other characters than letters, digits, \`.\`, \`_\` and
      \`-\`, and names of \`ulimits\` with others than letters.`,
    why: source`
      Compose refuses the whole file, and starts none of its services: "additional properties not allowed".`,
    bad: source`
      services:
        my api:
        ^^^^^^ invalid-name: The name \`my api\` may have letters, digits, \`.\`, \`_\` and \`-\` only.
          image: example/api:1.4`,
    good: source`
      services:
        my-api:
          image: example/api:1.4`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const mismatch of project.mismatches) {
      if (mismatch.kind !== "bad-name") continue;
      const { key, names } = mismatch;
      const allowed = names === "limit" ? "letters" : "letters, digits, `.`, `_` and `-`";
      once(key.span, `The name \`${key.value}\` may have ${allowed} only.`);
    }
  },
});
