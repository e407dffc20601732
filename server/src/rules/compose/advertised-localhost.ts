import { ownHostNames } from "../../model/compose/hosts/hosts.ts";
import {
  type ComposeProject,
  notedOnService,
  type ResolvedText,
  type Service,
} from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const advertisedLocalhost = composeRule({
  id: "advertised-localhost",
  title: "Kafka that sends its clients to themselves",
  severity: "warning",
  tags: ["run"],
  aliases: ["S89"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a listener in \`KAFKA_ADVERTISED_LISTENERS\` (\`KAFKA_CFG_…\` of Bitnami) with \`localhost\` as its host, where another
      service is given the broker's name and the port of that listener.`,
    why: source`
      A client asks the broker where it is, and from then on connects to the address that the listener advertises. In the
      container of the client \`localhost\` is the client: the first request works, and all others are refused. Clients on the
      host need a listener of their own, on another port.`,
    bad: source`
      services:
        kafka:
          image: apache/kafka:4.1.0
          environment:
            KAFKA_LISTENERS: PLAINTEXT://:9092,CONTROLLER://:9093
            KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://localhost:9092
                                                    ^^^^^^^^^ advertised-localhost: The broker sends orders on from kafka:9092 to localhost, which is orders itself.
        orders:
          image: example/orders:1.4
          environment:
            KAFKA_BROKERS: kafka:9092`,
    good: source`
      services:
        kafka:
          image: apache/kafka:4.1.0
          environment:
            KAFKA_LISTENERS: PLAINTEXT://:9092,HOST://:29092,CONTROLLER://:9093
            KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092,HOST://localhost:29092
            KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: PLAINTEXT:PLAINTEXT,HOST:PLAINTEXT,CONTROLLER:PLAINTEXT
        orders:
          image: example/orders:1.4
          environment:
            KAFKA_BROKERS: kafka:9092`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const broker of project.services.values()) {
      if (!mayAdvertiseLocalhost(broker)) continue;
      const text = variable(broker, "ADVERTISED_LISTENERS");
      if (!text || !isInProjectNetwork(broker)) continue;
      const listening = variable(broker, "LISTENERS");
      // Without it the images listen where they are told to advertise.
      const ports = new Map(listenersIn((listening ?? text).value).map((it) => [it.port, it.name]));
      for (const { name, host, port, at } of listenersIn(text.value)) {
        if (!/^(?:localhost|127\.0\.0\.1)$/i.test(host)) continue;
        const bound = [...ports].find(([, it]) => it === name)?.[0] ?? port;
        const client = clientOf(project, broker, bound);
        if (!client) continue;
        const span = text.spanOf(at, at + host.length);
        once(
          span,
          `The broker sends ${client.name} on from ${client.address} to ${host}, which is ${client.name} itself.`,
          { fixes: advertise(project, text, at, host, broker.name.value) },
        );
      }
    }
  },
});

/** Most services are no broker, and need not be read again to tell. */
const mayAdvertiseLocalhost = notedOnService((service) =>
  /\/\/(?:localhost|127\.0\.0\.1):/i.test(variable(service, "ADVERTISED_LISTENERS")?.value ?? ""),
);

interface Listener {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  /** Offset of the host. */
  readonly at: number;
}

function listenersIn(text: string): readonly Listener[] {
  return [...text.matchAll(/(\w+):\/\/([^:,\s]*):(\d+)/g)].map((it) => {
    const [, name = "", host = "", port = ""] = it;
    return { name, host, port, at: it.index + name.length + 3 };
  });
}

function variable({ environment }: Service, name: string): ResolvedText | undefined {
  const entry = environment.find(
    (it) => !it.inFile && (it.name.value === `KAFKA_${name}` || it.name.value === `KAFKA_CFG_${name}`),
  );
  return entry?.value?.known ? entry.value : undefined;
}

/** A service, and the address at which it asks for a broker first. */
function clientOf(
  { services }: ComposeProject,
  broker: Service,
  port: string,
): { readonly name: string; readonly address: string } | undefined {
  const names = ownHostNames(broker).map((it) => it.replaceAll(/[.*+?^$()[\]{}|\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\w.-])(?:${names.join("|")}):${port}(?!\\d)`, "i");
  for (const service of services.values()) {
    if (service === broker || !isInProjectNetwork(service)) continue;
    for (const { name, value, inFile } of service.environment) {
      // Another broker, or what reports on them, speaks of it in its own listeners.
      if (inFile || !value || /LISTENERS|QUORUM/.test(name.value)) continue;
      const address = pattern.exec(value.value)?.[0];
      if (address) return { name: service.name.value, address };
    }
  }
  return undefined;
}

function isInProjectNetwork({ networkMode, node, complete }: Service): boolean {
  return complete && !networkMode && !entryAt(node, "network_mode");
}

function advertise(
  { file }: ComposeProject,
  text: ResolvedText,
  at: number,
  host: string,
  name: string,
): readonly Fix[] {
  const span = text.spanOf(at, at + host.length);
  if (text.shared || file.text.slice(span.start, span.end) !== host) return [];
  return [{ kind: "unsafe", title: `Advertise ${name} instead`, edits: [replace(span, name)] }];
}
