import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { isPrivileged } from "../knowledge/compose/host-access.ts";
import { composeRule } from "../rule.ts";

export const capabilitiesKept = composeRule({
  id: "capabilities-kept",
  title: "Service with capabilities that it may not need",
  severity: "hint",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: false,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service without \`cap_drop\`. Runs only when asked for.`,
    why: source`
      The engine gives root of a container fourteen capabilities, among them those to open raw sockets, to make devices and to
      change the owner of files. A service that runs as another user needs none; one that steps down from root needs
      \`SETUID\`, \`SETGID\` and mostly \`CHOWN\`.`,
    bad: source`
      services:
        api:
        ^^^ capabilities-kept: api keeps all capabilities that the engine gives.
          image: example/api:1.4`,
    good: source`
      services:
        api:
          image: example/api:1.4
          cap_drop: [ALL]`,
  },

  check(project, report) {
    if (!project.complete) return;
    for (const service of project.services.values()) {
      const { name, node, complete } = service;
      if (!node || !complete || isPrivileged(service)) continue;
      if (["cap_drop", "provider", "extends"].some((it) => entryAt(node, it))) continue;
      report(name.span, `${name.value} keeps all capabilities that the engine gives.`);
    }
  },
});
