import type { ComposeProject, PortMapping } from "../../model/compose/project.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Fix } from "../rule.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const unboundPort = composeRule({
  id: "unbound-port",
  title: "Port on every address of the host",
  severity: "hint",
  tags: ["security"],
  aliases: ["no-unbound-port-interfaces"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: false,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a published port without an address of the host. Runs only when asked for.`,
    why: source`
      It is open to every network that the host is on, past the host's own firewall: Docker writes its rules before it.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          ports:
            - "8080:8080"
              ^^^^^^^^^^^ unbound-port: Port 8080 of the host is open to every network.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          ports:
            - "127.0.0.1:8080:8080"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { ports, networkMode } of project.services.values()) {
      if (networkMode) continue;
      for (const port of ports) {
        if (!port.known || port.hostAddress || beginsWithAddress(port)) continue;
        const which = port.published === undefined ? "A port" : `Port ${port.published}`;
        once(port.span, `${which} of the host is open to every network.`, { fixes: bind(project, port) });
      }
    }
  },
});

/** `127.0.0.1:3000` is no port for Compose, but its author did mean an address. */
function beginsWithAddress({ text }: PortMapping): boolean {
  return /^\d+(\.\d+){3}:/.test(text?.value ?? "");
}

function bind({ file }: ComposeProject, { text, published }: PortMapping): readonly Fix[] {
  if (!text || text.shared) return [];
  const span = text.spanOf(0, text.value.length);
  if (file.text.slice(span.start, span.end) !== text.value) return [];
  // A port alone is published at one that the engine picks.
  const address = published === undefined ? "127.0.0.1::" : "127.0.0.1:";
  // `:8080:80` leaves the address out.
  const empty = { start: span.start, end: span.start + (/^:+/.exec(text.value)?.[0].length ?? 0) };
  return [{ kind: "unsafe", title: "Publish it on 127.0.0.1 only", edits: [replace(empty, address)] }];
}
