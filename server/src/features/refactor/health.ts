import { hasHealthcheck } from "../../model/compose/health.ts";
import { isOfficial, serverOf } from "../../model/compose/known-server.ts";
import { portsOfImage } from "../../model/compose/listening.ts";
import type { Service } from "../../model/compose/project.ts";
import { hasTool } from "../../model/compose/tools.ts";
import { addHealthcheck } from "../../rules/writing/add-health-check.ts";
import { execForm } from "../../rules/writing/exec-form.ts";
import { entryIn, serviceAt } from "./place.ts";
import { offer, type Refactoring } from "./refactoring.ts";

/** A health check that works in the image of a service: its own program, or a look at its port with one that is there. */
export const health: Refactoring = {
  id: "health",
  kind: "rewrite",
  offersAt: (place) => {
    const service = serviceAt(place);
    const key = entryIn(place, "services", "*", "*")?.entry.key.value;
    // Offered where the service is named, and where it is said what it runs: not at each of its lines.
    if (!service || !(key === undefined || ["image", "build", "ports", "expose"].includes(key))) return [];
    if (service.healthcheck || hasHealthcheck(service).is === "yes" || !service.complete) return [];
    const test = testOf(service);
    if (test === undefined) return [];
    return [
      offer(`Add a health check to ${service.name.value}`, addHealthcheck(place.project, service, test)),
    ];
  },
};

function testOf(service: Service): string | undefined {
  const server = serverOf(service);
  if (server && isOfficial(server, service)) return server.readyTest(service);
  const port = portOf(service);
  if (port === undefined) return undefined;
  if (hasTool(service, "nc").is === "yes") return execForm(["CMD", "nc", "-z", "127.0.0.1", `${port}`]);
  if (hasTool(service, "bash").is === "yes")
    return execForm(["CMD", "bash", "-c", `</dev/tcp/127.0.0.1/${port}`]);
  return undefined;
}

/** The one port that the service is certainly reached at. */
function portOf(service: Service): number | undefined {
  const published = service.ports.flatMap(({ target, lastTarget, protocol, known }) =>
    known && protocol === "tcp" && target !== undefined && target === lastTarget ? [target] : [],
  );
  const ports = new Set(published.length > 0 ? published : portsOfImage(service));
  return ports.size === 1 ? [...ports][0] : undefined;
}
