import { runTogether } from "../../model/compose/profiles.ts";
import { notedOnService, type Placed, type Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";

export const duplicateContainerName = composeRule({
  id: "duplicate-container-name",
  title: "Two services with one container name",
  severity: "error",
  tags: ["run"],
  aliases: ["no-duplicate-container-names"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a \`container_name\` that another service of the project has already. Services of different profiles need not run
      together and are left alone.`,
    why: source`
      The engine has each name once: the second container is not made, since "the container name is already in use".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          container_name: app
        worker:
          image: example/api:1.4
          container_name: app
                          ^^^ duplicate-container-name: The container of api is called app already.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          container_name: app
        worker:
          image: example/api:1.4
          container_name: app-worker`,
  },

  check(project, report) {
    const byName = new Map<string, Service[]>();
    for (const service of project.services.values()) {
      const containerName = hasName(service) ? service.containerName : undefined;
      if (!containerName || isOpen(containerName, project.file.text)) continue;
      const before = byName.get(containerName.value) ?? [];
      const other = before.find((it) => runTogether(it, service));
      before.push(service);
      byName.set(containerName.value, before);
      if (!other?.containerName) continue;
      report(
        containerName.span,
        `The container of ${other.name.value} is called ${containerName.value} already.`,
        { related: [{ message: "It has the name from here.", span: other.containerName.span }] },
      );
    }
  },
});

const hasName = notedOnService((it) => it.containerName !== undefined);

/** A name with a default may be another one when it counts. */
function isOpen({ span }: Placed<string>, text: string): boolean {
  return text.slice(span.start, span.end).includes("$");
}
