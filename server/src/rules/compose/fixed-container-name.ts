import { type ComposeProject, notedOnService, type Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { removeKey } from "../writing/compose/remove-key.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const fixedContainerName = composeRule({
  id: "fixed-container-name",
  title: "Container with a name of its own",
  severity: "hint",
  tags: ["clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: false,
  docs: {
    what: source`
      Reports \`container_name\`, by which a container has the same name wherever the project runs. Runs only when asked for.`,
    why: source`
      The name is taken on the whole host: the service cannot have a second container, and the project cannot run twice, for
      example in another branch's folder. Without it Compose makes a name of project, service and number, and \`docker
      compose\` takes the name of the service.`,
    bad: source`
      services:
        db:
          image: example/db:2
          container_name: shop_db
                          ^^^^^^^ fixed-container-name: Only one container on this host can be called shop_db.`,
    good: source`
      services:
        db:
          image: example/db:2`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const name = hasName(service) ? service.containerName : undefined;
      if (!name) continue;
      once(name.span, `Only one container on this host can be called ${name.value}.`, {
        fixes: () => withoutName(project, service, name.value),
      });
    }
  },
});

const hasName = notedOnService((it) => it.containerName !== undefined);

/** Not where something else of the file may call the container so. */
function withoutName(project: ComposeProject, service: Service, value: string): readonly Fix[] {
  const isCalled = service.name.value !== value && project.file.text.split(value).length > 2;
  return isCalled ? [] : removeKey("container_name", "Remove container_name", project, service);
}
