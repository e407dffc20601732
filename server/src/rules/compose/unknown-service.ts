import { contextServices, namesOfNeeded, neededServices } from "../../model/compose/named-services.ts";
import { type ComposeProject, notedOnService } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";
import { nearestAmong } from "../writing/suggestions/nearest-among.ts";

export const unknownService = composeRule({
  id: "unknown-service",
  title: "Dependency on a service that is not there",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a name in \`depends_on\`, \`links\`, \`volumes_from\`, and in \`service:…\` of \`network_mode\`, \`ipc\`, \`pid\`, \`uts\`
      and \`additional_contexts\`, that no service has; \`required: false\` allows for services that are not started, not for such a
      name. The project is all
      files that Compose reads together: with a default name, the override file, what \`COMPOSE_FILE\` of \`.env\` lists, what
      they include and extend. Nothing is said when one of them is not known: is missing or fetched, cannot be read, or is chosen
      by a variable that only the shell knows.`,
    why: source`
      Compose refuses the whole project and starts none of its services: "depends on undefined service".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            - databse
              ^^^^^^^ unknown-service: There is no service databse; did you mean database?
        database:
          image: example/database:2.1`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            - database
        database:
          image: example/database:2.1`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    const nearest = nearestAmong(project.services.keys());
    for (const it of project.services.values()) {
      if (namesOfServices(it, project).every((name) => project.services.has(name))) continue;
      const { length } = it.dependsOn;
      const needed = neededServices(project, it);
      const others = [...needed.slice(length), ...contextServices(project, it)];
      for (const names of [needed.slice(0, length), others])
        for (const name of names) {
          if (project.services.has(name.value)) continue;
          const near = nearest(name.value);
          // A second entry of one name is refused, too.
          const isThere = names.some((it) => it.value === near);
          once(name.span, `There is no service ${name.value}${didYouMean(near)}`, {
            fixes: near === undefined || isThere ? [] : replaceName(project.file, name, near, "safe"),
          });
        }
    }
  },
});

/** What may be no service's. */
const namesOfServices = notedOnService((service, project: ComposeProject): readonly string[] => [
  ...namesOfNeeded(service, project),
  ...contextServices(project, service).map((it) => it.value),
]);
