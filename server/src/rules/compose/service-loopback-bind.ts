import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { startOf } from "../knowledge/compose/service-start.ts";
import { ONLY_COMMAND_KNOWN, surroundingsOf } from "../knowledge/compose/service-surroundings.ts";
import { listeningOf } from "../knowledge/started/listening.ts";
import { composeRule, type Fix } from "../rule.ts";
import { addToCommand } from "../writing/compose/add-to-command.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serviceLoopbackBind = composeRule({
  id: "service-loopback-bind",
  title: "Service that only listens to itself, though a port of it is published",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`command\` or \`entrypoint\` of a service with published ports whose server listens on 127.0.0.1: because it is told
      so, or because it does unless it is told otherwise, as uvicorn, \`flask run\` and Django's \`runserver\` do. Silent where
      variables or files may say where it listens.`,
    why: source`
      An address such as 127.0.0.1 is the container's own loopback interface. A published port leads to its other one: a browser
      on the host gets no answer, and neither do other services, while everything looks right inside of the container.`,
    bad: source`
      services:
        api:
          image: python:3.14-slim
          command: uvicorn main:app --reload
                   ^^^^^^^^^^^^^^^^^^^^^^^^^ service-loopback-bind: uvicorn listens on 127.0.0.1 unless it is told otherwise, so nothing answers at the published port of api.
          ports:
            - "8000:8000"`,
    good: source`
      services:
        api:
          image: python:3.14-slim
          command: uvicorn main:app --reload --host 0.0.0.0
          ports:
            - "8000:8000"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const written = service.command ?? service.entrypoint;
      // In a network of others, the loopback interface is theirs too.
      if (!written || service.ports.length === 0 || service.networkMode) continue;
      const started = startOf(service, project.files.shell);
      if (!started || started === "background" || started.maySetVariables) continue;
      // What the command line says needs nothing else to be known.
      const listening = listeningOf(started, surroundingsOf(service, project) ?? ONLY_COMMAND_KNOWN);
      if (listening?.host !== "loopback") continue;
      const { name, isTold, everywhere } = listening;
      const what = isTold
        ? `${name} is told to listen on the loopback interface`
        : `${name} listens on 127.0.0.1 unless it is told otherwise`;
      once(written.span, `${what}, so nothing answers at the published port of ${service.name.value}.`, {
        fixes: started.isWhole && !isTold ? listenEverywhere(project, service, everywhere) : [],
      });
    }
  },
});

function listenEverywhere(
  project: ComposeProject,
  service: Service,
  words: readonly string[],
): readonly Fix[] {
  const edit = addToCommand(project, service, words);
  return edit ? [{ kind: "unsafe", title: "Listen on every interface", edits: [edit] }] : [];
}
