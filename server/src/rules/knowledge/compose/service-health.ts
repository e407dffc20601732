import { hasHealthcheck } from "../../../model/compose/health.ts";
import type { Service } from "../../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../../model/compose/servers/known-server.ts";
import { type Answer, no } from "../../../model/known.ts";

/**
 * Has a service a health check, its own or that of what it runs? Images that are known to bring none in any version are a certain no, whatever the
 * facts know of this one.
 */
export function certainHealthcheck(service: Service): Answer {
  const answer = hasHealthcheck(service);
  const server = serverOf(service);
  const isKnown = server !== undefined && isOfficial(server, service);
  const isOpen = answer.is === "unknown" && !service.healthcheck && service.complete;
  return isOpen && isKnown && !service.imageFacts?.readFrom ? no() : answer;
}
