import type { Service } from "../../model/compose/project.ts";
import { itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isEngineItself, isPrivileged } from "../knowledge/compose/host-access.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const powerfulCapability = composeRule({
  id: "powerful-capability",
  title: "Capability that reaches past the container",
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
      Reports \`cap_add\` of \`ALL\`, \`SYS_ADMIN\`, \`SYS_MODULE\`, \`SYS_RAWIO\`, \`DAC_READ_SEARCH\` and \`SYS_TIME\`, of \`NET_ADMIN\`
      where the service is on the host's network, and of \`SYS_PTRACE\` where it sees the host's processes.`,
    why: source`
      These hold for the machine, not for the container alone. \`NET_ADMIN\`, for example, stays in the container's own network
      unless that is the host's.`,
    bad: source`
      services:
        mounter:
          image: example/mounter:1.0
          cap_add: [SYS_ADMIN]
                    ^^^^^^^^^ powerful-capability: With SYS_ADMIN root of mounter may mount, and do more that containers are kept from.`,
    good: source`
      services:
        vpn:
          image: example/vpn:1.0
          cap_add: [NET_ADMIN]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const items = itemsOf(valueAt(service.node, "cap_add"));
      // A privileged container has all of them anyway.
      if (items.length === 0 || isPrivileged(service) || isEngineItself(service)) continue;
      for (const item of items) {
        if (item.kind !== "scalar") continue;
        const name = item.value.toUpperCase().replace(/^CAP_/, "");
        const means = meaningOf(name, service);
        if (means) once(item.span, `With ${name} root of ${service.name.value} ${means}.`);
      }
    }
  },
});

function meaningOf(name: string, { node }: Service): string | undefined {
  if (name === "NET_ADMIN" && scalarAt(node, "network_mode")?.value === "host")
    return "may change the host's network: addresses, routes, firewall";
  if (name === "SYS_PTRACE" && scalarAt(node, "pid")?.value === "host")
    return "may take over processes of the host";
  return ALWAYS.get(name);
}

/** capabilities(7): those that hold for the machine, whatever namespaces there are. */
const ALWAYS: ReadonlyMap<string, string> = new Map([
  ["ALL", "has all rights of the host's root but those to its devices"],
  ["SYS_ADMIN", "may mount, and do more that containers are kept from"],
  ["SYS_MODULE", "may load modules into the host's kernel"],
  ["SYS_RAWIO", "may use the I/O ports of the host's hardware"],
  ["DAC_READ_SEARCH", "may open any file of the host by its handle"],
  ["SYS_TIME", "may set the host's clock"],
]);
