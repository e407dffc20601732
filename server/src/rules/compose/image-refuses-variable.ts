import type { EnvironmentEntry, Service } from "../../model/compose/project.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { isBefore } from "../../text/version-order.ts";
import { type ImageVariables, imageVariablesOf } from "../knowledge/compose/image-variables.ts";
import { whyRefused } from "../knowledge/compose/refused-values.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const imageRefusesVariable = composeRule({
  id: "image-refuses-variable",
  title: "Variable with which the image does not start",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`NEO4J_PASSWORD\`, \`NEO4J_USER\` and the like given to the image of Neo4j 5 and later, variables that the image of
      RabbitMQ has refused since 3.9, such as \`RABBITMQ_DEFAULT_PASS_FILE\`, and a variable of PostgreSQL, MySQL, MariaDB and
      MongoDB that is set both by itself and by its \`_FILE\`. A warning where the value may be empty. Also values that are refused:
      \`NEO4J_AUTH: neo4j/test\`, passwords that are too short for MinIO, InfluxDB or SQL Server, a \`PGADMIN_DEFAULT_EMAIL\`
      that is no address, a heap of Java that is no heap (\`-Xmx512\`), and listeners of Kafka that another variable does not know.`,
    why: source`
      The image of Neo4j makes a setting of each variable that begins with \`NEO4J_\`, and the server does not start with one that
      it does not know ("No declared setting with name: PASSWORD"). The other entrypoints say what they refuse, and end.`,
    bad: source`
      services:
        graph:
          image: neo4j:5.26
          environment:
            NEO4J_AUTH: neo4j/\${GRAPH_PASSWORD}
            NEO4J_PASSWORD: longer-than-8
            ^^^^^^^^^^^^^^ image-refuses-variable: Neo4j does not start with NEO4J_PASSWORD: it takes it for a setting PASSWORD, which there is not.`,
    good: source`
      services:
        graph:
          image: neo4j:5.26
          environment:
            NEO4J_AUTH: neo4j/\${GRAPH_PASSWORD}`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const known = imageVariablesOf(service);
      if (!known) continue;
      for (const entry of service.environment) {
        const because = refusal(entry, service, known);
        if (because === undefined) continue;
        const name = entry.name.value;
        const where = entry.file ? ` of ${entry.file.path}` : "";
        once(
          entry.name.span,
          `${known.title} does not start with ${name}${where}${because}`,
          {
            severity: entry.value?.known ? "error" : "warning",
            related: service.image
              ? [{ message: `The image is ${service.image.value.text}.`, span: service.image.span }]
              : [],
          },
          name,
        );
      }
    }
  },
});

/** How the message ends; undefined where there is nothing to say. */
function refusal(entry: EnvironmentEntry, service: Service, known: ImageVariables): string | undefined {
  const name = entry.name.value;
  // All entrypoints pass over what is empty.
  if (!entry.value || entry.value.value === "") return undefined;
  if (entry.value.known && !entry.inFile) {
    const because = whyRefused(known.title, name, entry.value.value, service);
    if (because !== undefined) return ` as it is here${because}`;
  }
  if (known.title === "Neo4j") {
    if (!NEO4J_SETTING.test(name) || mayBeLenient(service)) return undefined;
    return `: it takes it for a setting ${name.slice("NEO4J_".length)}, which there is not.`;
  }
  if (known.title === "RabbitMQ") {
    if (!RABBITMQ_REFUSED.test(name) || !isOfVersion(service, "3.9")) return undefined;
    return " since 3.9: it belongs in rabbitmq.conf.";
  }
  if (!known.isExclusive || !name.endsWith("_FILE")) return undefined;
  const plain = name.slice(0, -"_FILE".length);
  if (!known.reads.includes(plain) || known.unfiled?.includes(plain)) return undefined;
  const other = service.environment.find((it) => it.name.value === plain);
  return other?.value?.known && other.value.value !== "" ? ` and ${plain} at once.` : undefined;
}

/**
 * neo4j/docker-neo4j, docker-image-src/5/coredb/docker-entrypoint.sh (read 2026-11-27): all variables that begin so become settings
 * but those it knows itself. Settings of the server have a dot in their names.
 */
const NEO4J_SETTING = /^NEO4J_(?!(?:AUTH|DEBUG|EDITION|HOME|PLUGINS|TARBALL)$)[A-Z]+$/;

/**
 * docker-library/rabbitmq, docker-entrypoint.sh since 3.9 ("… is set but deprecated", as generally known; what people were told by
 * it read 2026-11-27).
 */
const RABBITMQ_REFUSED = /^RABBITMQ_(?:DEFAULT_(?:PASS|USER)_FILE|VM_MEMORY_HIGH_WATERMARK)$/;

/** Unknown settings are allowed, or a configuration that may allow them is mounted. */
function mayBeLenient({ environment, environmentComplete, mounts, configs }: Service): boolean {
  return (
    !environmentComplete ||
    configs.length > 0 ||
    environment.some((it) => /strict/i.test(it.name.value)) ||
    mounts.some((it) => it.target.value.includes(HOLE) || /conf/.test(it.target.value))
  );
}

/** Tags without a minor version are of a newer one: `3` of 3.13, `management` of 4. */
function isOfVersion({ image }: Service, since: string): boolean {
  const tag = image?.value.tag ?? "latest";
  const [version] = /^\d+\.\d+/.exec(tag) ?? [];
  if (version !== undefined) return !isBefore(version, since);
  return !/^\d/.test(tag) || /^[34](?:-|$)/.test(tag);
}
