import { isWithin, speaksOf } from "../../model/compose/hosts/listening.ts";
import type { ComposeProject, PortMapping, Service } from "../../model/compose/project.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { mayServe, type ServedPorts, servedPorts, unpublishedOf } from "../knowledge/compose/served-ports.ts";
import { caddyPortsIn, traefikLabelsIn } from "../knowledge/compose/traefik-labels.ts";
import { composeRule, type Fix, type Related, type Report } from "../rule.ts";
import { imageReasons } from "../writing/compose/image-reasons.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const portNotExposed = composeRule({
  id: "port-not-exposed",
  title: "Published port that the image does not expose",
  severity: "info",
  tags: ["run"],
  aliases: ["S95"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a published port of the container, or one to which a label has Traefik or caddy-docker-proxy pass requests, that the image or Dockerfile does not name among those it exposes. Nothing is
      said when the Dockerfile exposes none, or when all that it exposes are published too, when a variable, the command or a label of the service has the number, or when files are
      mounted that may say where an image listens. The management pages of RabbitMQ, which only some of its tags have, are a warning.`,
    why: source`
      A mapping to a port where nothing listens is taken by the engine all the same. Each connection to it ends at once.`,
    bad: source`
      services:
        api:
          build: .
          ports:
            - "8080:3000"
              ^^^^^^^^^^^ port-not-exposed: api exposes 8080, and not 3000.`,
    good: source`
      services:
        api:
          build: .
          ports:
            - "8080:8080"`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const served = service.ports.length > 0 ? servedPorts(service, project) : undefined;
      if (!served) continue;
      const { ports, verb, told } = served;
      const unpublished = unpublishedOf(served, service);
      // All that the Dockerfile speaks of is published: one more is a debugger's, or of a server that starts only here.
      if ((service.imageBuild || told) && !told?.isAll && unpublished.length === 0) continue;
      for (const port of service.ports) {
        const { target, lastTarget, protocol } = port;
        if (target === undefined || lastTarget !== target || protocol !== "tcp" || !port.known) continue;
        if (mayServe(service, target, served)) continue;
        if (target === RABBITMQ_PAGES && served.told === undefined && isRabbitmq(service)) {
          const message = `The image of ${service.name.value} has no management pages: tags with \`management\` have them, and listen on ${target}.`;
          once(port.span, message, {
            severity: "warning",
            related: reasonsOf(service, served),
            fixes: withManagement(project, service),
          });
          continue;
        }
        once(port.span, `${service.name.value} ${verb} ${ports.join(", ")}, and not ${target}.`, {
          ...(told && { severity: told.isCertain ? "warning" : "info" }),
          related: reasonsOf(service, served),
          fixes: unpublished.flatMap((it) => useTarget(project, port, it)),
        });
      }
    }
    for (const { service, option, value, valueAt } of traefikLabelsIn(project).labels)
      if (option === "loadbalancer.server.port" && /^\d+$/.test(value))
        checkProxied(project, once, {
          service,
          port: Number(value),
          span: valueAt(0, value.length),
          proxy: "Traefik",
        });
    for (const it of caddyPortsIn(project)) checkProxied(project, once, { ...it, proxy: "Caddy" });
  },
});

const RABBITMQ_PAGES = 15672;

function isRabbitmq({ image, imageBuild }: Service): boolean {
  return !imageBuild && image?.value.name === "rabbitmq" && image.value.digest === undefined;
}

/** docker-library/rabbitmq has `3.13-management` beside `3.13`, and `3.13-management-alpine`. */
function withManagement({ file }: ComposeProject, { image }: Service): readonly Fix[] {
  if (!image || file.text.slice(image.span.start, image.span.end) !== image.value.text) return [];
  const { text, tag } = image.value;
  const start = tag === undefined ? text : text.slice(0, -tag.length - 1);
  const [, version = "", alpine = ""] = /^(.*?)(?:^|-)?(alpine[\d.]*)?$/.exec(tag ?? "") ?? [];
  const parts = [version === "latest" ? "" : version, "management", alpine].filter(Boolean);
  const written = `${start}:${parts.join("-")}`;
  return [{ kind: "unsafe", title: `Take ${written}`, edits: [replace(image.span, written)] }];
}

interface ProxiedPort {
  readonly service: Service;
  readonly port: number;
  readonly span: Span;
  readonly proxy: string;
}

/** A port that a label tells a proxy. */
function checkProxied(
  project: ComposeProject,
  report: Report,
  { service, port, span, proxy }: ProxiedPort,
): void {
  const served = servedPorts(service, project);
  if (!served || mayServeBehindProxy(service, port, served)) return;
  if (service.ports.some((it) => isWithin(port, it.target, it.lastTarget))) return;
  const { ports, verb, told } = served;
  const message = `${service.name.value} ${verb} ${ports.join(", ")}, and not ${port}, to which ${proxy} passes requests.`;
  const isWritten = project.file.text.slice(span.start, span.end) === String(port);
  report(span, message, {
    ...(told?.isCertain && { severity: "warning" as const }),
    related: reasonsOf(service, served),
    fixes: ports.flatMap((it): Fix[] =>
      isWritten
        ? [{ kind: "unsafe", title: `Pass them to the port ${it}`, edits: [replace(span, String(it))] }]
        : [],
    ),
  });
}

/** The label itself speaks of the port. */
function mayServeBehindProxy(service: Service, port: number, served: ServedPorts): boolean {
  return served.told?.isCertain
    ? mayServe(service, port, served)
    : served.ports.includes(port) || speaksOf(service, port, false);
}

function reasonsOf(
  { imageBuild: build, image, command, entrypoint }: Service,
  { told }: ServedPorts,
): readonly Related[] {
  const written = command ?? entrypoint;
  if (told && written) return [{ message: `${told.by} is started here.`, span: written.span }];
  if (told) return [{ message: `${told.by} says so.` }];
  const stage = build?.stage;
  if (stage) return imageReasons(stage.result.ports.because, { imageBuild: build });
  return image ? [{ message: `The image is ${image.value.text}.`, span: image.span }] : [];
}

function useTarget({ file }: ComposeProject, { text, target }: PortMapping, exposed: number): readonly Fix[] {
  if (!text || text.shared) return [];
  const match = new RegExp(`(?<=^|:)${target}(?=/|$)`).exec(text.value);
  const span = match && text.spanOf(match.index, match.index + match[0].length);
  if (!span || file.text.slice(span.start, span.end) !== String(target)) return [];
  return [
    { kind: "unsafe", title: `Publish the port ${exposed} instead`, edits: [replace(span, String(exposed))] },
  ];
}
