import type { Service } from "../../../model/compose/project.ts";

/**
 * Why the image of a known name does not start with a value (how a message ends), or undefined. Sources: set_initial_password of
 * neo4j/docker-neo4j and Neo4j's manual on set-initial-password (8 letters, read 2026-11-27); MinIO's, SQL Server's and InfluxDB's
 * rules for passwords, the addresses that pgAdmin takes, Elasticsearch's types of discovery, Java's heap, and what Kafka demands of its
 * listeners (KafkaConfig), as generally known.
 */
export function whyRefused(
  title: string,
  name: string,
  value: string,
  { environment, image }: Pick<Service, "environment" | "image">,
): string | undefined {
  const known = (of: string) => {
    const text = environment.find((it) => it.name.value === of)?.value;
    return text?.known ? text.value : undefined;
  };
  const sets = (part: RegExp) => environment.some((it) => part.test(it.name.value));
  switch (`${title} ${name}`) {
    case "Neo4j NEO4J_AUTH": {
      if (value === "none") return undefined;
      const [user, password = ""] = value.split("/");
      if (user !== "neo4j") return ": it begins with neo4j/, as no other user can be made.";
      if (password === "neo4j") return ": the password neo4j is the one that has to be changed.";
      const asksForEight = !/^5\.[0-2](?:\D|$)/.test(image?.value.tag ?? "") && !sets(/minimum/i);
      return password.length < 8 && asksForEight ? ": the password needs 8 characters." : undefined;
    }
    case "MinIO MINIO_ROOT_USER":
      return value.length < 3 ? ": the name needs 3 characters." : undefined;
    case "MinIO MINIO_ROOT_PASSWORD":
      return value.length < 8 ? ": the password needs 8 characters." : undefined;
    case "InfluxDB 2 DOCKER_INFLUXDB_INIT_PASSWORD":
      return value.length < 8 && sets(/^DOCKER_INFLUXDB_INIT_MODE$/)
        ? ": the password needs 8 characters."
        : undefined;
    case "SQL Server SA_PASSWORD":
    case "SQL Server MSSQL_SA_PASSWORD": {
      const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((it) => it.test(value)).length;
      return value.length < 8 || kinds < 3
        ? ": the password needs 8 characters, of three kinds (capitals, small letters, digits, signs)."
        : undefined;
    }
    case "pgAdmin PGADMIN_DEFAULT_EMAIL":
      return !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) && !sets(/^PGADMIN_CONFIG_/)
        ? ": it needs an address with a full domain, such as name@example.com."
        : undefined;
    case "Elasticsearch discovery.type":
      return /^single[-_ ]?(?:node)?s?$/i.test(value) && value !== "single-node"
        ? ": it is single-node or multi-node."
        : undefined;
    case "Elasticsearch ES_JAVA_OPTS":
    case "Kafka KAFKA_HEAP_OPTS":
      return whyNoHeap(value);
    case "Kafka KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": {
      const mapped = namesOf(value);
      const named = namesOf(known("KAFKA_ADVERTISED_LISTENERS")) ?? namesOf(known("KAFKA_LISTENERS"));
      const missing = named?.find((it) => !mapped?.includes(it));
      return missing === undefined ? undefined : `: it does not say how the listener ${missing} is secured.`;
    }
    case "Kafka KAFKA_ADVERTISED_LISTENERS": {
      const listening = namesOf(known("KAFKA_LISTENERS"));
      const missing = listening && namesOf(value)?.find((it) => !listening.includes(it));
      return missing === undefined ? undefined : `: KAFKA_LISTENERS has no listener ${missing}.`;
    }
    case "Kafka KAFKA_INTER_BROKER_LISTENER_NAME": {
      const advertised = namesOf(known("KAFKA_ADVERTISED_LISTENERS"));
      return advertised && /^\w+$/.test(value) && !advertised.includes(value.toUpperCase())
        ? `: KAFKA_ADVERTISED_LISTENERS has no listener ${value}.`
        : undefined;
    }
    case "Kafka KAFKA_CONTROLLER_LISTENER_NAMES": {
      const listening = namesOf(known("KAFKA_LISTENERS"));
      const isController = known("KAFKA_PROCESS_ROLES")?.includes("controller") === true;
      const isAny = value.split(",").some((it) => listening?.includes(it.trim().toUpperCase()));
      return listening && isController && !isAny ? `: KAFKA_LISTENERS has no listener ${value}.` : undefined;
    }
    default:
      return undefined;
  }
}

/** Listeners, in capitals: `A` and `B` of `A://:9092,B://:9093` or `A:PLAINTEXT,B:SSL`; undefined where one cannot be read. */
function namesOf(listeners: string | undefined): readonly string[] | undefined {
  const names = listeners?.split(",").map((it) => /^\s*(\w+):/.exec(it)?.[1]?.toUpperCase());
  return names?.includes(undefined) ? undefined : names?.flatMap((it) => it ?? []);
}

/** Of options of Java, of which the last of a kind counts. */
function whyNoHeap(options: string): string | undefined {
  const [least, most] = ["s", "x"].map((it) =>
    [...options.matchAll(new RegExp(`(?<!\\S)-Xm${it}(\\d+)([kmgt]?)(?!\\S)`, "gi"))].at(-1),
  );
  if (!most) return undefined;
  const bytesOf = ([, digits, unit = ""]: RegExpMatchArray) =>
    Number(digits) * 1024 ** " kmgt".indexOf(unit.toLowerCase() || " ");
  if (bytesOf(most) < 2 * 1024 * 1024) return `: ${most[0]} is ${bytesOf(most)} bytes.`;
  return least && bytesOf(least) > bytesOf(most) ? `: ${least[0]} is more than ${most[0]}.` : undefined;
}
