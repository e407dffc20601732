import { portsOfImage } from "../../../model/compose/hosts/listening.ts";
import type { Service } from "../../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../../model/compose/servers/known-server.ts";
import { hasTool } from "../../../model/compose/tools.ts";
import { execForm } from "../commands/exec-form.ts";

/**
 * `healthcheck.test` that works in the image of a service, as YAML: its own program, or a look at its port with one that is
 * there. Undefined where neither is known.
 */
export function workingTest(service: Service): string | undefined {
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
