import { dependencyNames } from "../../model/compose/dependencies.ts";
import type { ComposeProject, Dependency, Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/report-once.ts";

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
      Reports the dependency by which \`depends_on\` comes back to the service that it started from, a service that depends on
      itself included.`,
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
      const names = [...path, path[0]].map((it) => it?.name.value).join(", ");
      once(closing.service.span, `These services depend on each other: ${names}.`, {
        related: path.map((it) => ({ message: `The service ${it.name.value} is here.`, span: it.name.span })),
      });
    }
  },
});

interface Cycle {
  /** In the order in which they depend on each other. */
  readonly path: readonly Service[];
  /** From the last of them to the first. */
  readonly closing: Dependency;
}

/** Each service is walked through once and without recursion, since a file can have thousands of them in a row. */
function cyclesOf({ services }: ComposeProject): readonly Cycle[] {
  const cycles: Cycle[] = [];
  const done = new Set<Service>();
  for (const start of services.values()) {
    if (done.has(start)) continue;
    const path = [{ service: start, next: 0 }];
    const onPath = new Map<Service, number>([[start, 0]]);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const index = top.next++;
      const name = dependencyNames(top.service)[index];
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
      const closing = top.service.dependsOn[index];
      if (closing) cycles.push({ path: path.slice(at).map((it) => it.service), closing });
    }
  }
  return cycles;
}
