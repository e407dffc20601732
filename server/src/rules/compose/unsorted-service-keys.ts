import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { byList, reportUnsorted } from "../writing/compose/report-unsorted.ts";

export const unsortedServiceKeys = composeRule({
  id: "unsorted-service-keys",
  title: "Keys of a service out of their order",
  severity: "hint",
  tags: ["clarity"],
  aliases: ["service-keys-order"],
  since: "0.4.0",
  fix: "safe",
  enabled: false,
  reach: "service",
  docs: {
    what: source`
      Reports keys of a service that do not stand in this order: what it is (\`image\`, \`build\`, \`container_name\`), what it needs
      (\`depends_on\`), its data, its environment, its network, how it runs, its logs and labels, its user; all others behind
      them by the alphabet. It is the order that dclint has unless it is told another. Runs only when asked for.`,
    why: source`
      Who reads the services of many projects finds the same thing in the same place of each.`,
    bad: source`
      services:
        api:
          environment:
            LOG_LEVEL: info
          image: example/api:1.4
          ^^^^^ unsorted-service-keys: image comes before environment.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            LOG_LEVEL: info`,
  },

  check(project, report) {
    for (const { node } of project.services.values()) {
      if (!node || node.viaAlias || node.merges.length > 0) continue;
      const entries = node.entries.map(({ key }) => ({ name: key.value, span: key.span }));
      reportUnsorted(project, node, entries, compare, report);
    }
  },
});

/** dclint's own order (docs/rules/service-keys-order-rule.md, 3.1.0, read 2026-11). */
const compare = byList(
  (
    "image build container_name depends_on volumes volumes_from configs secrets environment env_file ports networks " +
    "network_mode extra_hosts command entrypoint working_dir restart healthcheck logging labels user isolation"
  ).split(" "),
);
