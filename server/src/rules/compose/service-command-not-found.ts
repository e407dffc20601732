import type { ComposeProject, Service, ServiceCommand } from "../../model/compose/project.ts";
import { hasTool } from "../../model/compose/tools.ts";
import { baseName } from "../../model/stage/paths.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { valueIn } from "../../text/value-in.ts";
import { startsWhatItIsGiven } from "../knowledge/started/given-command.ts";
import { composeRule, type Fix } from "../rule.ts";
import { imageReasons } from "../writing/compose/image-reasons.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serviceCommandNotFound = composeRule({
  id: "service-command-not-found",
  title: "Command of a service that its image does not have",
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
      Reports \`command\` and \`entrypoint\` that begin with a shell or a well-known program which the image or the stage of the
      Dockerfile certainly does not have, most often \`bash\` on Alpine. Nothing is said where a mount may bring it, or where the entrypoint
      of the image may make something else of the command.`,
    why: source`
      The container is not started at all: "exec: bash: executable file not found in $PATH".`,
    bad: source`
      services:
        web:
          image: nginx:1.30-alpine
          command: bash -c "exec nginx -g 'daemon off;'"
                   ^^^^ service-command-not-found: bash is not in the image of web.`,
    good: source`
      services:
        web:
          image: nginx:1.30-alpine
          command: sh -c "exec nginx -g 'daemon off;'"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { entrypoint, command, complete } = service;
      const first = entrypoint ?? command;
      const program = first?.words?.[0];
      if (!complete || !first || program === undefined || !isWellKnown(program)) continue;
      if (!entrypoint && !startsWhatItIsGiven(service)) continue;
      const there = hasTool(service, program);
      if (there.is !== "no") continue;
      const span = spanOf(first, program) ?? first.span;
      once(span, `${program} is not in the image of ${service.name.value}.`, {
        related: imageReasons(there.because, service),
        fixes: [
          ...withSh(project, service, first, program, span),
          ...withSuccessor(project, service, first, program, span),
        ],
      });
    }
  },
});

function isWellKnown(program: string): boolean {
  return /^(?:\/(?:usr\/(?:local\/)?)?s?bin\/)?[^/]+$/.test(program) && PROGRAMS.test(baseName(program));
}

/** Names that no image has for something of its own, and no entrypoint takes for one of its commands. */
const PROGRAMS =
  /^(?:bash|zsh|fish|curl|wget|git|make|sudo|python3?|pip3?|node|npm|npx|yarn|pnpm|bun|nodemon|ts-node|tsx|pm2|gunicorn|uvicorn|celery|php|composer|ruby|bundle|java|mongo|mongosh|psql|mysql|mysqladmin|mysqldump|redis-cli|apt-get|apk)$/;

function spanOf({ texts, text }: ServiceCommand, program: string): Span | undefined {
  const [first] = texts;
  if (!first) return undefined;
  const start = text ? text.value.length - text.value.trimStart().length : 0;
  return first.value.startsWith(program, start) ? first.spanOf(start, start + program.length) : undefined;
}

/** A plain shell for bash, where what it is given is a line. */
function withSh(
  { file }: ComposeProject,
  service: Service,
  { texts, words }: ServiceCommand,
  program: string,
  span: Span,
): readonly Fix[] {
  const isShared = texts[0]?.shared !== false || file.text.slice(span.start, span.end) !== program;
  if (baseName(program) !== "bash" || isShared || !words?.some((it) => it === "-c")) return [];
  if (hasTool(service, "sh").is === "no") return [];
  return [{ kind: "unsafe", title: `Replace ${program} with sh`, edits: [replace(span, "sh")] }];
}

/**
 * What took the place of a client that the image no longer has: mongosh since MongoDB 6, programs of MariaDB's own names since 11
 * (docker-library/docs mongo/content.md and MariaDB/mariadb-docker#512, as `server-families.ts` has them).
 */
const SUCCESSORS: Readonly<Record<string, string>> = {
  mongo: "mongosh",
  mysql: "mariadb",
  mysqladmin: "mariadb-admin",
};

function withSuccessor(
  { file }: ComposeProject,
  service: Service,
  { texts }: ServiceCommand,
  program: string,
  span: Span,
): readonly Fix[] {
  const successor = valueIn(SUCCESSORS, program);
  const isShared = texts[0]?.shared !== false || file.text.slice(span.start, span.end) !== program;
  if (successor === undefined || isShared || hasTool(service, successor).is !== "yes") return [];
  return [
    { kind: "unsafe", title: `Replace ${program} with ${successor}`, edits: [replace(span, successor)] },
  ];
}
