import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { source } from "../../text/source.ts";
import { probeTools } from "../knowledge/started/http-probe.ts";
import { listeningOf, surroundingsOf } from "../knowledge/started/listening.ts";
import { nginxPorts } from "../knowledge/started/nginx-listening.ts";
import { type Fix, stageRule } from "../rule.ts";
import { healthCommand } from "../writing/dockerfile/health-command.ts";
import { insertAbove, insertBelow } from "../writing/dockerfile/lines.ts";

export const missingHealthcheck = stageRule({
  id: "missing-healthcheck",
  title: "Image without a health check",
  severity: "hint",
  tags: ["run"],
  aliases: ["DL3057", "CKV_DOCKER_2", "DS-0026", "CIS-DI-0006"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: false,
  docs: {
    what: source`
      Reports a final stage that certainly has no HEALTHCHECK, neither of its own nor from its base. It runs only when asked
      for: orchestrators have checks of their own. Where one port is exposed, a check is offered that works with what the
      image holds.`,
    why: source`
      Without a check Docker knows only that the process is there. A service that hangs counts as running, and what waits
      for it (\`condition: service_healthy\`) has nothing to wait for.`,
    bad: source`
      FROM alpine:3.24
           ^^^^^^^^^^^ missing-healthcheck: The image has no HEALTHCHECK, so Docker only knows that its process runs.
      COPY api /usr/local/bin/
      EXPOSE 8080
      ENTRYPOINT ["/usr/local/bin/api"]`,
    good: source`
      FROM alpine:3.24
      COPY api /usr/local/bin/
      EXPOSE 8080
      HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1
      ENTRYPOINT ["/usr/local/bin/api"]`,
  },

  check(stage, report) {
    const { healthcheck } = stage.result;
    if (!stage.isFinal || !healthcheck.known || healthcheck.value) return;
    const place = stage.base.word?.span ?? stage.from.keyword;
    report(place, "The image has no HEALTHCHECK, so Docker only knows that its process runs.", {
      fixes: offered(stage),
    });
  },
});

/** Services that speak no HTTP on the port that they are known by. */
const OTHER_PROTOCOLS: ReadonlySet<string> = new Set(
  "21 22 25 53 110 123 143 389 465 587 636 993 995 1433 1883 3306 3389 5432 5672 6379 9042 9092 11211 27017".split(
    " ",
  ),
);

function offered(stage: Stage): Fix[] {
  const { result, model, instructions } = stage;
  const ports = result.ports.known ? result.ports.value.filter((it) => it.endsWith("/tcp")) : [];
  const exposed = /^\d+/.exec(ports[0] ?? "")?.[0];
  const started = exposed === undefined ? undefined : startedCommand(stage);
  // EXPOSE may say another port than the one on which the server listens.
  const listening = started && listeningOf(started, surroundingsOf(stage))?.port;
  const [ofNginx] = exposed === undefined ? [] : (nginxPorts(stage) ?? []);
  const port = (listening ?? ofNginx)?.toString() ?? exposed;
  if (port === undefined || ports.length !== 1 || OTHER_PROTOCOLS.has(port)) return [];
  const probe = { url: `http://localhost:${port}/`, timeoutSeconds: undefined, insecure: false };
  const tool = probeTools.find((it) => result.hasTool(it.name).is === "yes");
  const words = tool?.words(probe, result);
  if (!tool || !words) return [];
  const start = instructions.find((it) => it.name === "CMD" || it.name === "ENTRYPOINT");
  const line = `HEALTHCHECK CMD ${healthCommand(words, result)}`;
  const edit = start
    ? insertAbove(model.file, start, line)
    : insertBelow(model.file, instructions.at(-1) ?? stage.from, line);
  return [{ kind: "unsafe", title: `Ask port ${port} with ${tool.name}`, edits: [edit] }];
}
