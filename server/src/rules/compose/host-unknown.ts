import { type HostReference, hostsNamedIn, placeAt } from "../../model/compose/hosts/host-reference.ts";
import { hostNames, isContainerOf, mayReachOthers } from "../../model/compose/hosts/hosts.ts";
import { type ComposeProject, notedOnService, type Service } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { source } from "../../text/source.ts";
import { isServiceBeside } from "../knowledge/compose/services-beside.ts";
import { composeRule } from "../rule.ts";
import { entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { serversRun } from "../writing/compose/servers-run.ts";
import { nearestAmong } from "../writing/suggestions/nearest-among.ts";

export const hostUnknown = composeRule({
  id: "host-unknown",
  title: "Host that is no service of the project",
  severity: "warning",
  tags: ["run"],
  aliases: ["S64"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the host in a URL, a data source name or a variable such as \`DB_HOST\`, or that a command or health check tells to
      \`wait-for-it\`, \`dockerize\`, \`nc -z\`, \`pg_isready -h\`, \`curl\` and the like, when nothing in the project has that name
      (service, alias, \`container_name\`, \`hostname\`, \`links\`, \`extra_hosts\`) but one service must be meant: its name is a
      slip away, or it runs the server that the URL is for, or the image of that name. Where none is, a name as services have it
      (\`redis\`, \`kafka\`, \`backend\`) is information. Names with a dot are looked up elsewhere, and so may be the names of
      a service on an external network or on the host's, or of a project that stands in several files.`,
    why: source`
      Containers find each other by the names of their services. Any other name ends in "no such host" once the program
      connects.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@postgres:5432/app
                                                        ^^^^^^^^ host-unknown: Nothing in this project is called postgres; PostgreSQL runs in db.
            COMMENTS_URL: http://coments:8181
                                 ^^^^^^^ host-unknown: Nothing in this project is called coments; did you mean comments?
        comments:
          image: example/comments:1.4
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: \${DB_PASSWORD}`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
            COMMENTS_URL: http://comments:8181
            MAIL_URL: http://mail.example.com
        comments:
          image: example/comments:1.4
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: \${DB_PASSWORD}`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    const names = hostNames(project);
    let meantBy: ReturnType<typeof meantServices> | undefined;
    for (const service of project.services.values()) {
      const unknown = hostsNamedIn(service).filter(
        ({ reference: { host } }) => !names.has(host.toLowerCase()) && !isContainerOf(host, project),
      );
      if (unknown.length === 0 || mayReachOthers(service, project)) continue;
      for (const { reference, at, inHealthcheck } of unknown) {
        const { host, start, end } = reference;
        meantBy ??= meantServices(project);
        const meant = meantBy(reference, inHealthcheck ? undefined : service);
        if (!meant && !(standAlone(service).has(reference) && isCertain(reference, project))) continue;
        const entry = placeAt(service, at);
        const place = entry && entryPlace(project, entry, start, end);
        if (!place) continue;
        const message = `Nothing in this project is called ${host}${meant ? `; ${meant.because}` : "."}`;
        const finding = {
          ...(!meant && { severity: "info" as const }),
          related: (meant?.services ?? []).map(({ name }) => ({
            message: `The service ${name.value} is here.`,
            span: name.span,
          })),
          fixes: (meant?.services ?? []).flatMap(({ name }) =>
            place.fix("unsafe", `Replace ${host} with ${name.value}`, { start, end, text: name.value }),
          ),
        };
        reportEntry(once, place, message, finding);
      }
    }
  },
});

/**
 * Is a name that nothing here is near to one of a server that is missing, and not of a machine around? It is called as a database,
 * broker or service of a project is, no other Compose file beside this one has it, and the reference has a port or says what it is.
 */
function isCertain({ host, servers, port }: HostReference, project: ComposeProject): boolean {
  const isOfServer = servers.length > 0 || port !== undefined;
  // Where it runs under more names than can be meant, it is not missing.
  if ([...project.services.values()].some((it) => servers.includes(serverOf(it)?.title ?? ""))) return false;
  if (!isOfServer || OF_CONTAINER.test(host)) return false;
  return USUAL_NAME.test(host) && !isServiceBeside(host, project);
}

/** `shop-api-1`: as Compose calls containers of a project, which may be another one. */
const OF_CONTAINER = /^[^-_]+[-_].+[-_]\d+$/;

/** As services are called in projects, each with what may stand around it. */
const USUAL_NAME =
  /^(?:[a-z]+[-_])?(?:api|backend|frontend|gateway|auth|db|database|cache|queue|broker|postgres(?:ql)?|pg|mysql|mariadb|mongo(?:db)?|redis|valkey|memcached|rabbit(?:mq)?|kafka|zookeeper|nats|mqtt|mosquitto|elastic(?:search)?|es|opensearch|kibana|clickhouse|cassandra|influx(?:db)?|minio|vault|consul|keycloak|mailhog|mailpit|otel(?:-collector)?|jaeger|zipkin|prometheus|alertmanager|grafana|loki|tempo|qdrant|weaviate|ollama|neo4j|couchdb|etcd|solr|meilisearch|typesense|localstack)(?:[-_](?:service|server|svc|db|api))?[-_]?\d{0,2}$/i;

/** Hosts in values of their own: a file of variables, or a text with more in it, may be for more than this project. */
const standAlone = notedOnService(
  (service): ReadonlySet<HostReference> =>
    new Set(
      hostsNamedIn(service).flatMap(({ at, reference }) => {
        const entry = placeAt(service, at);
        return entry?.value && !entry.inFile && !/\s/.test(entry.value.value) ? [reference] : [];
      }),
    ),
);

/** Which of more servers of one kind is meant cannot be told. */
const MOST_SERVERS = 5;

/** The last part of the name of an image that is run as it comes. */
const imageNameOf = notedOnService(({ imageBuild, image }): string | undefined =>
  imageBuild ? undefined : image?.value.name.split("/").at(-1)?.toLowerCase(),
);

interface Meant {
  readonly services: readonly Service[];
  readonly because: string;
}

/** What must have been meant by a host. Undefined when nothing is near: the name may then be one of the network around. */
function meantServices({
  services,
}: ComposeProject): (reference: HostReference, self: Service | undefined) => Meant | undefined {
  const nearest = nearestAmong(services.keys());
  const named = new Map<string, Service>();
  for (const [name, service] of services) named.set(name.toLowerCase(), service);
  const byTitle = new Map<string, Service[]>();
  const byImage = new Map<string, Service[]>();
  for (const service of services.values()) {
    const image = imageNameOf(service);
    if (image !== undefined) byImage.set(image, [...(byImage.get(image) ?? []), service].slice(-2));
    const title = serverOf(service)?.title;
    if (title === undefined) continue;
    const same = byTitle.get(title) ?? [];
    same.push(service);
    byTitle.set(title, same);
  }
  return ({ host, servers: titles }, self) => {
    const near = services.get(nearest(host) ?? "");
    if (near && near !== self) return { services: [near], because: `did you mean ${near.name.value}?` };

    const of = titles.map((it) => byTitle.get(it) ?? []);
    const isFew = of.every((it) => it.length <= MOST_SERVERS + 1);
    const fitting = (isFew ? of.flat() : [])
      .filter((it) => it !== self)
      .sort((a, b) => a.name.span.start - b.name.span.start);
    const running = serversRun(fitting);
    if (running !== undefined && fitting.length <= MOST_SERVERS)
      return { services: fitting, because: `${running}.` };

    const ofImage = byImage.get(host.toLowerCase())?.filter((it) => it !== self) ?? [];
    const [sole] = ofImage;
    if (sole && ofImage.length === 1)
      return { services: [sole], because: `${sole.name.value} runs that image.` };

    const words = host.toLowerCase().split(/[-_]/);
    const parts = words.filter((it) => it.length > 2);
    const inName = new Set(parts.flatMap((it) => named.get(it) ?? []));
    const [only] = inName;
    return only && only !== self && inName.size === 1
      ? { services: [only], because: `did you mean ${only.name.value}?` }
      : undefined;
  };
}
