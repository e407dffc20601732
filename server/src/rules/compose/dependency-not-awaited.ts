import { writeLongDependencies } from "../../model/compose/edit/long-dependencies.ts";
import { hasHealthcheck } from "../../model/compose/health.ts";
import type { ComposeProject, Dependency, Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { addHealthcheck } from "../writing/compose/add-health-check.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const dependencyNotAwaited = composeRule({
  id: "dependency-not-awaited",
  title: "Dependency started but not awaited",
  severity: "warning",
  tags: ["run"],
  aliases: ["S59"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  reach: "services",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a dependency without \`condition: service_healthy\` on a service that has a health check, its own or that of
      its image or Dockerfile, and on a database or broker that could have one. Not of a service whose command waits itself, as with
      \`wait-for-it\`, \`dockerize\` or a loop around \`nc -z\`.`,
    why: source`
      The short form of \`depends_on\` waits until the other container is started, not until the program in it accepts
      connections. A database takes seconds for that, minutes at its first start; until then each connection is refused,
      and a service that does not try again ends.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            - db
              ^^ dependency-not-awaited: api starts when db is started, not when it is healthy, so its first connections may be refused.
            - cache
              ^^^^^ dependency-not-awaited: api starts before Redis in cache accepts connections, so the first ones may be refused.
        db:
          image: postgres:18
          healthcheck:
            test: ["CMD", "pg_isready"]
        cache:
          image: redis:8-alpine`,
    good: source`
      services:
        api:
          image: example/api:1.4
          depends_on:
            db:
              condition: service_healthy
            mailer:
              condition: service_started
        db:
          image: postgres:18
          healthcheck:
            test: ["CMD", "pg_isready"]
        mailer:
          image: example/mailer:2.0`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const dependency of service.dependsOn) checkDependency(project, service, dependency, once);
    }
  },
});

function checkDependency(
  project: ComposeProject,
  service: Service,
  dependency: Dependency,
  report: Report,
): void {
  const { condition } = dependency;
  const other = project.services.get(dependency.service.value);
  if (!other || other === service || !isOnlyStarted(dependency) || isTool(service)) return;
  if (areMembers(service, other) || waitsItself(service, other)) return;
  if (serverOf(other) && isProxyOfOthers(service, project)) return;
  const span = condition?.span ?? dependency.service.span;
  const healthcheck = hasHealthcheck(other);
  const from = service.name.value;
  const to = other.name.value;

  if (healthcheck.is === "yes") {
    const message = `${from} starts when ${to} is started, not when it is healthy, so its first connections may be refused.`;
    report(span, message, { related: healthcheck.because, fixes: awaitFixes(project, service, dependency) });
    return;
  }
  // Another file of the project may hold the check.
  const server = project.complete ? serverOf(other) : undefined;
  // Whoever switched a check off, or wrote part of one, knows of it.
  if (!server || !isOfficial(server, other) || other.healthcheck || !other.complete) return;
  if (serverOf(service) === server) return;
  const message = `${from} starts before ${server.title} in ${to} accepts connections, so the first ones may be refused.`;
  const test = server.readyTest(other);
  report(span, message, {
    fixes: test === undefined ? [] : addCheckFixes(project, service, dependency, other, test),
  });
}

/** Without a condition only the short form is valid: the schema speaks of a long one that lacks it. */
function isOnlyStarted({ form, condition, isBare }: Dependency): boolean {
  return form === "short" || isBare === true || condition?.value === "service_started";
}

/**
 * Members of one cluster look for each other until they find them, and some are not healthy before a majority of them runs:
 * to wait for the first of those is to wait for ever.
 */
function areMembers(one: Service, other: Service): boolean {
  const name = one.image?.value.name;
  return name !== undefined && name === other.image?.value.name && CLUSTERED.test(name);
}

const CLUSTERED =
  /(?:^|\/)(?:elasticsearch(?:-oss)?|opensearch|(?:cp-)?(?:kafka|zookeeper|server)|redpanda|etcd|consul|vault|nats|cockroach|rqlite|minio|clickhouse-keeper|rabbitmq|mongo(?:db)?)$/;

const TOOL =
  /(?:^|\/)(?:adminer|pgadmin4?|phpmyadmin|redis-commander|redisinsight|dbgate|cloudbeaver|pgweb|kibana|opensearch-dashboards|logstash|filebeat|kafka-ui|kafdrop|akhq|cp-[\w-]+|[\w-]+[-_]exporter)$/;

/** Pages to look into a database by hand, which nobody opens in the first second, and programs that ask until they get an answer. */
function isTool({ image }: Service): boolean {
  return TOOL.test(image?.value.name ?? "");
}

/**
 * A proxy makes connections when it is asked for something, and none to a database: it only stands behind all others. One that needs nothing
 * but databases is an example, in the place of a program of one's own.
 */
function isProxyOfOthers(
  { image, build, imageBuild, dependsOn }: Service,
  { services }: ComposeProject,
): boolean {
  if (build || imageBuild || !PROXY.test(image?.value.name ?? "")) return false;
  return dependsOn.some((it) => {
    const other = services.get(it.service.value);
    return other !== undefined && !serverOf(other);
  });
}

const PROXY =
  /^(?:nginx|nginxinc\/nginx-unprivileged|httpd|caddy|traefik|haproxy|envoyproxy\/envoy|nginxproxy\/nginx-proxy|jc21\/nginx-proxy-manager)$/;

/** What the container starts is a program or a script that waits for the other, by its name or by the variable such programs read. */
function waitsItself(service: Service, { name }: Service): boolean {
  const { command, entrypoint, environment, imageBuild: build } = service;
  const built = [build?.stage?.result.entrypoint, build?.stage?.result.command].flatMap((it) =>
    it?.known ? (it.value?.words ?? []).map((word) => word.raw) : [],
  );
  const given = [entrypoint, command].flatMap((it) => it?.texts.map((text) => text.value) ?? []);
  const said = [...given, ...built].join(" ");
  if (!WAITS.test(said)) return false;
  // For which host a variable stands may not be known.
  const read = new Set([...said.matchAll(VARIABLE)].map((it) => it[1]));
  const hosts = environment.flatMap((it) =>
    /^WAIT/.test(it.name.value) || read.delete(it.name.value) ? (it.value?.value ?? HOLE) : [],
  );
  return read.size > 0 || [said, ...hosts].some((it) => it.includes(name.value) || it.includes(HOLE));
}

/** As a shell reads them; a number is a parameter of a script. */
const VARIABLE = /\$\{?([a-zA-Z_]\w*)/g;

const WAITS =
  /\b(?:wait[-_]?for|wait4|wait-on|dockerize|until|while)\b|waitfor|\/wait\b|\bnc\s+-\w*z|\bpg_isready\b|\b(?:mysql|mariadb-)admin\s+ping\b|\bredis-cli\b.*\bping\b/;

function awaitFixes(project: ComposeProject, service: Service, dependency: Dependency): readonly Fix[] {
  if (dependency.form === "long") {
    const edits = writeHealthyCondition(dependency);
    // Somebody wrote `service_started`, and may have meant it.
    return edits
      ? [{ kind: "unsafe", title: `Wait until ${dependency.service.value} is healthy`, edits }]
      : [];
  }
  const awaited = withHealthcheck(project, service);
  // One fix for the whole list: it can change its form only once.
  const edits = writeLongDependencies(project.file, service, (it) => conditionFor(awaited.includes(it)));
  if (!edits) return [];
  const title = `Wait until ${awaited.join(", ")} ${awaited.length === 1 ? "is" : "are"} healthy`;
  return dependency.shared
    ? [{ kind: "unsafe", title: `${title}, in all services that share the list`, edits }]
    : [{ kind: "safe", title, edits }];
}

/** Names of the dependencies that can be awaited as the file is. */
function withHealthcheck({ services }: ComposeProject, { dependsOn }: Service): readonly string[] {
  return dependsOn.flatMap(({ service }) => {
    const other = services.get(service.value);
    return other && hasHealthcheck(other).is === "yes" ? [service.value] : [];
  });
}

function addCheckFixes(
  project: ComposeProject,
  service: Service,
  dependency: Dependency,
  other: Service,
  test: string,
): readonly Fix[] {
  const name = other.name.value;
  const checked = withHealthcheck(project, service);
  const check = addHealthcheck(project, other, test);
  const condition =
    dependency.form === "long"
      ? writeHealthyCondition(dependency)
      : writeLongDependencies(project.file, service, (it) =>
          conditionFor(it === name || checked.includes(it)),
        );
  if (!check || !condition) return [];
  // The check is right for the image, but how long the service may take is a guess.
  return [
    {
      kind: "unsafe",
      title: `Add a health check to ${name} and wait for it`,
      edits: [...check, ...condition],
    },
  ];
}

function writeHealthyCondition({ condition, shared }: Dependency): readonly TextEdit[] | undefined {
  return condition && !shared ? [replace(condition.span, "service_healthy")] : undefined;
}

function conditionFor(isAwaited: boolean): string {
  return isAwaited ? "service_healthy" : "service_started";
}
