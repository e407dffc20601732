import { isWithin } from "../../model/compose/hosts/listening.ts";
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
      so, also by an option such as \`--web.listen-address=127.0.0.1:9091\` of any program, or because it does unless it is told otherwise, as uvicorn, \`flask run\` and Django's \`runserver\` do. Silent where
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
      // What the command line says needs nothing else to be known.
      const listening =
        !started || started === "background" || started.maySetVariables
          ? undefined
          : listeningOf(started, surroundingsOf(service, project) ?? ONLY_COMMAND_KNOWN);
      if (!started || started === "background" || !listening) {
        const told = toldLoopback(service);
        const { value: name } = service.name;
        if (told !== undefined)
          once(
            written.span,
            `${name} is told to listen on ${told}, so nothing answers at its published port.`,
          );
        continue;
      }
      if (listening.host !== "loopback") continue;
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

/**
 * The address that an option for it names, as `--web.listen-address=127.0.0.1:9091`, whatever the program is, where the port behind it is published
 * and nothing else on the command line speaks of that port.
 */
function toldLoopback({ command, entrypoint, ports }: Service): string | undefined {
  const parts = [entrypoint, command].filter((it) => it !== undefined);
  if (parts.some((it) => !it.words)) return undefined;
  const words = parts.flatMap((it) => it.words ?? []);
  for (const [at, word] of words.entries()) {
    const [, joined] = LISTENS.exec(word) ?? [];
    const address = joined ?? (LISTENS.test(word) ? words[at + 1] : undefined);
    const port = /^(?:127\.0\.0\.1|localhost):(\d+)$/.exec(address ?? "")?.[1];
    if (address === undefined || port === undefined) continue;
    const isPublished = ports.some(
      (it) => it.known && it.protocol === "tcp" && isWithin(Number(port), it.target, it.lastTarget),
    );
    const speaks = words.filter((it) => new RegExp(`(?<!\\d)${port}(?!\\d)`).test(it));
    if (isPublished && speaks.length === 1) return address;
  }
  return undefined;
}

const LISTENS =
  /^--?(?:[\w-]+\.)*(?:[\w-]+-)?(?:listen|bind|http\.addr)(?:[.-]?addr(?:ess)?|ess)?(?:=(.*))?$/i;

function listenEverywhere(
  project: ComposeProject,
  service: Service,
  words: readonly string[],
): readonly Fix[] {
  const edit = addToCommand(project, service, words);
  return edit ? [{ kind: "unsafe", title: "Listen on every interface", edits: [edit] }] : [];
}
