import { scalarAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { watchesHost } from "../knowledge/compose/host-access.ts";
import { composeRule, type Severity } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const hostNamespace = composeRule({
  id: "host-namespace",
  title: "Service that shares a namespace with the host",
  severity: "info",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`pid: host\`, \`ipc: host\`, \`cgroup: host\`, \`uts: host\`, \`userns_mode: host\`, and, as a hint,
      \`network_mode: host\`. Agents that are there to look at the host, such as node-exporter, are left alone.`,
    why: source`
      A namespace is the wall between a container and the host. Without that of processes a service sees and, as root, ends
      and reads those of the host; without that of the network it reaches what listens on the host's 127.0.0.1 only.`,
    bad: source`
      services:
        agent:
          image: example/agent:1.0
          pid: host
               ^^^^ host-namespace: agent sees all processes of the host, with their arguments and environment.
          ipc: host
               ^^^^ host-namespace`,
    good: source`
      services:
        agent:
          image: example/agent:1.0
          shm_size: 1gb`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (watchesHost(service)) continue;
      for (const { key, severity, means } of NAMESPACES) {
        const value = scalarAt(service.node, key);
        if (value?.value !== "host") continue;
        once(value.span, `${service.name.value} ${means}.`, severity ? { severity } : {});
      }
    }
  },
});

/** What each means where it is `host` (docs.docker.com/reference/compose-file/services, docker container run, read 2026-11). */
const NAMESPACES: readonly {
  readonly key: string;
  /** Where it weighs less: a server of the own machine is often meant to be on its network. */
  readonly severity?: Severity;
  readonly means: string;
}[] = [
  { key: "pid", means: "sees all processes of the host, with their arguments and environment" },
  { key: "ipc", means: "has the shared memory of the host's programs" },
  { key: "cgroup", means: "sees the control groups of the whole host" },
  { key: "uts", severity: "hint", means: "has the host's name for its own, and as root may change it" },
  {
    key: "userns_mode",
    severity: "hint",
    means: "is left out where the engine maps users: its root is the host's root",
  },
  {
    key: "network_mode",
    severity: "hint",
    means: "is on the host's network, and reaches what listens on 127.0.0.1 there",
  },
];
