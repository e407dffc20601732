import { contextServices } from "../../model/compose/named-services.ts";
import { type ComposeProject, notedOnService } from "../../model/compose/project.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const contextServiceNotBuilt = composeRule({
  id: "context-service-not-built",
  title: "Build that takes files from a service that is not built",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`service:…\` in \`additional_contexts\` that names a service without \`build\`.`,
    why: source`
      Compose refuses the whole project: "declares non-buildable service as additional contexts". What has an image and no build is named
      by that: \`docker-image://…\`.`,
    bad: source`
      services:
        api:
          build:
            context: .
            additional_contexts:
              base: service:base
                            ^^^^ context-service-not-built: base is not built, so that no build can take files from it.
        base:
          image: example/base:1.4`,
    good: source`
      services:
        api:
          build:
            context: .
            additional_contexts:
              base: docker-image://example/base:1.4`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const isWrong = namesIn(service, project).some((it) => {
        const other = project.services.get(it);
        return other && isNotBuilt(other);
      });
      if (!isWrong) continue;
      for (const { value, span } of contextServices(project, service)) {
        const other = project.services.get(value);
        if (!other || !isNotBuilt(other)) continue;
        once(span, `${value} is not built, so that no build can take files from it.`, {
          related: [{ message: `The service ${value} is here.`, span: other.name.span }],
        });
      }
    }
  },
});

const namesIn = notedOnService((service, project: ComposeProject): readonly string[] =>
  contextServices(project, service).map((it) => it.value),
);

const isNotBuilt = notedOnService(
  ({ complete, node, build }) =>
    complete && build === undefined && node !== undefined && !valueAt(node, "build"),
);
