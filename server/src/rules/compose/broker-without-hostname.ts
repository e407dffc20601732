import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import type { Mount, Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

/**
 * RabbitMQ keeps its data in a folder named after its node, and the node after the host
 * (docker-library/docs rabbitmq/content.md "Running the daemon", docker-library/rabbitmq#392, read 2026-11).
 */
export const brokerWithoutHostname = composeRule({
  id: "broker-without-hostname",
  title: "RabbitMQ that loses sight of its data",
  severity: "warning",
  tags: ["run"],
  aliases: ["S87"],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports what is mounted at \`/var/lib/rabbitmq\` of the official image where the service has neither a \`hostname\` nor
      \`RABBITMQ_NODENAME\`.`,
    why: source`
      RabbitMQ keeps its queues and users in a folder that is named after the host, and without \`hostname\` each new container has
      another one: after \`docker compose down\` and \`up\` the broker begins with nothing, although the volume is there.`,
    bad: source`
      services:
        queue:
          image: rabbitmq:4-management
          volumes:
            - queue:/var/lib/rabbitmq
              ^^^^^^^^^^^^^^^^^^^^^^^ broker-without-hostname: RabbitMQ finds its data by the host's name, and each new container of queue has another one.
      volumes:
        queue:`,
    good: source`
      services:
        queue:
          image: rabbitmq:4-management
          hostname: queue
          volumes:
            - queue:/var/lib/rabbitmq
      volumes:
        queue:`,
  },

  check({ services, file }, report) {
    const once = reportOnce(report);
    for (const service of services.values()) {
      const mount = isNamedByContainer(service) ? service.mounts.find(keepsData) : undefined;
      if (!mount || !service.node) continue;
      const name = service.name.value;
      const isPlain = /^[a-zA-Z][\w-]*$/.test(name);
      const edits = isPlain ? appendEntry(file, service.node, { key: "hostname", value: name }) : undefined;
      once(
        mount.span,
        `RabbitMQ finds its data by the host's name, and each new container of ${name} has another one.`,
        { fixes: edits ? [{ kind: "safe", title: `Name the host ${name}`, edits }] : [] },
      );
    }
  },
});

function isNamedByContainer(service: Service): boolean {
  const { complete, environment, environmentComplete, networkMode, node, mounts, configs } = service;
  const server = serverOf(service);
  return (
    server?.title === "RabbitMQ" &&
    isOfficial(server, service) &&
    complete &&
    environmentComplete &&
    !networkMode &&
    !entryAt(node, "hostname") &&
    !environment.some((it) => /^RABBITMQ_(?:NODENAME|MNESIA)/.test(it.name.value)) &&
    !mounts.some((it) => it.target.value.startsWith("/etc/rabbitmq")) &&
    configs.length === 0
  );
}

function keepsData({ kind, target }: Mount): boolean {
  return (
    (kind === "volume" || kind === "bind") && /^\/var\/lib\/rabbitmq(?:\/mnesia)?\/?$/.test(target.value)
  );
}
