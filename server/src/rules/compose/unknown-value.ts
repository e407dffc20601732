import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { scalarWanted, subjectOf } from "../writing/compose/specification-words.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const unknownValue = composeRule({
  id: "unknown-value",
  title: "Value that is not one of those allowed",
  severity: "error",
  tags: ["build"],
  aliases: ["invalid-schema"],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a value that is none of the few that the Compose specification has for a key: \`condition\` of a dependency, \`type\`
      of a mount, \`action\` of a watch, \`cgroup\` and the like.`,
    why: source`
      Compose refuses the whole file, and starts none of its services: "value must be one of".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            db:
              condition: service_helthy
                         ^^^^^^^^^^^^^^ unknown-value: \`condition\` must be one of service_started, service_healthy, service_completed_successfully; did you mean service_healthy?
        db:
          image: example/db:2.1`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            db:
              condition: service_healthy
        db:
          image: example/db:2.1`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const mismatch of project.mismatches) {
      if (mismatch.kind !== "scalar" || mismatch.why !== "no-value") continue;
      const { node, path, shape, value } = mismatch;
      const near = nearestName(value, shape.values ?? []);
      const message = `${subjectOf(path)} must be ${scalarWanted(shape)}${didYouMean(near)}`;
      const span = contentSpan(project.file.text, node) ?? node.span;
      const fixes =
        near === undefined || node.viaAlias ? [] : replaceName(project.file, { value, span }, near, "safe");
      once(node.span, message, { fixes });
    }
  },
});
