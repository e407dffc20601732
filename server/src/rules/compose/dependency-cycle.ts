import { namesOfNeeded, neededServices } from "../../model/compose/named-services.ts";
import type { ComposeProject, Placed, Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const dependencyCycle = composeRule({
  id: "dependency-cycle",
  title: "Services that depend on each other in a circle",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the dependency by which one comes back to the service that it started from, a service that depends on itself included.
      What Compose takes for a dependency counts: \`depends_on\`, \`links\`, \`volumes_from\`, and \`service:…\` of
      \`network_mode\`, \`ipc\`, \`pid\` and \`uts\`.`,
    why: source`
      None of the services can be started first, so Compose refuses the project: "dependency cycle detected".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on: [worker]
        worker:
          image: example/worker:1.4
          depends_on: [api]
                       ^^^ dependency-cycle: These services depend on each other: api, worker, api.`,
    good: source`
      services:
        api:
          image: example/api:1.4
        worker:
          image: example/worker:1.4
          depends_on: [api]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { path, closing } of cyclesOf(project)) {
      const names = path.map((it) => it.name.value);
      const between = names.slice(MOST_NAMES, -1).length;
      const shown = [
        ...names.slice(0, MOST_NAMES),
        ...(between > 0 ? [`${between} more`] : []),
        ...names.slice(Math.max(MOST_NAMES, names.length - 1)),
        names[0],
      ];
      once(closing.span, `These services depend on each other: ${shown.join(", ")}.`, {
        related: path
          .slice(0, MOST_NAMES)
          .map((it) => ({ message: `The service ${it.name.value} is here.`, span: it.name.span })),
      });
    }
  },
});

/** Of a circle through thousands of services each finding would else be as long as the file. */
const MOST_NAMES = 20;

interface Cycle {
  /** In the order in which they depend on each other. */
  readonly path: readonly Service[];
  /** From the last of them to the first. */
  readonly closing: Placed<string>;
}

/** Each service is walked through once and without recursion, since a file can have thousands of them in a row. */
function cyclesOf(project: ComposeProject): readonly Cycle[] {
  const { services } = project;
  const cycles: Cycle[] = [];
  const done = new Set<Service>();
  for (const start of services.values()) {
    if (done.has(start)) continue;
    const path = [{ service: start, next: 0 }];
    const onPath = new Map<Service, number>([[start, 0]]);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const index = top.next++;
      const name = namesOfNeeded(top.service, project)[index];
      if (name === undefined) {
        done.add(top.service);
        onPath.delete(top.service);
        path.pop();
        continue;
      }
      const other = services.get(name);
      if (!other || done.has(other)) continue;
      const at = onPath.get(other);
      if (at === undefined) {
        onPath.set(other, path.length);
        path.push({ service: other, next: 0 });
        continue;
      }
      const closing = neededServices(project, top.service)[index];
      if (closing) cycles.push({ path: path.slice(at).map((it) => it.service), closing });
    }
  }
  return cycles;
}
