import { valueAt } from "../../syntax/compose/find.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/replace-name.ts";
import { reportOnce } from "../writing/report-once.ts";
import { andNear } from "../writing/undeclared-name.ts";

/** Of moby's daemon/container, `ValidateRestartPolicy`, read 2026-11. Compose hands the text on as it is. */
const policies = ["no", "always", "on-failure", "unless-stopped"] as const;

export const unknownRestartPolicy = composeRule({
  id: "unknown-restart-policy",
  title: "Restart policy that there is not",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.5.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a \`restart\` that is none of \`no\`, \`always\`, \`unless-stopped\`, \`on-failure\` and \`on-failure:3\`.`,
    why: source`
      Compose takes any text there, and \`docker compose config\` is content. The engine refuses it when the container is made:
      "invalid restart policy".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          restart: unless_stopped
                   ^^^^^^^^^^^^^^ unknown-restart-policy: \`restart\` must be one of no, always, on-failure, unless-stopped; unless-stopped is near.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          restart: unless-stopped`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { restart, node } of project.services.values()) {
      if (!restart || isPolicy(restart.value)) continue;
      const written = valueAt(node, "restart");
      // Numbers and booleans are refused by Compose itself; what a variable gives may be another thing tomorrow.
      if (written?.kind !== "scalar" || written.type !== "string" || written.value.includes("$")) continue;
      const near = nearestName(restart.value, policies);
      const span = contentSpan(project.file.text, written) ?? written.span;
      once(restart.span, `\`restart\` must be one of ${policies.join(", ")}${andNear(near)}.`, {
        fixes:
          near === undefined || written.viaAlias
            ? []
            : replaceName(project.file, { value: restart.value, span }, near, "safe"),
      });
    }
  },
});

/** Empty means no. Only a failure can be counted. */
function isPolicy(text: string): boolean {
  return text === "" || policies.some((it) => it === text) || /^on-failure:\d+$/.test(text);
}
