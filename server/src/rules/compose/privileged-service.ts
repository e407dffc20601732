import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isEngineItself, isPrivileged } from "../knowledge/compose/host-access.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const privilegedService = composeRule({
  id: "privileged-service",
  title: "Service with all rights of the host",
  severity: "warning",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`privileged: true\`, but not for an engine in a container (\`docker:dind\`, BuildKit), which cannot run without.`,
    why: source`
      Such a container has every capability, every device, and neither seccomp nor AppArmor around it: whoever gets into its
      program has the whole machine. What it is needed for is nearly always had by one \`devices\` or \`cap_add\` entry.`,
    bad: source`
      services:
        scanner:
          image: example/scanner:2.1
          privileged: true
                      ^^^^ privileged-service: Whoever gets into scanner has all rights of the host.`,
    good: source`
      services:
        scanner:
          image: example/scanner:2.1
          devices: ["/dev/ttyUSB0:/dev/ttyUSB0"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const value = isPrivileged(service) && entryAt(service.node, "privileged")?.value;
      if (!value || isEngineItself(service)) continue;
      once(value.span, `Whoever gets into ${service.name.value} has all rights of the host.`);
    }
  },
});
