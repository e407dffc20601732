import type { Service } from "../../../model/compose/project.ts";

/**
 * Why the image of a known name does not start with a value (how a message ends), or undefined. Sources: set_initial_password of
 * neo4j/docker-neo4j and Neo4j's manual on set-initial-password (8 letters, read 2026-11-27); MinIO's, SQL Server's and InfluxDB's
 * rules for passwords, and the addresses that pgAdmin takes, as generally known.
 */
export function whyRefused(
  title: string,
  name: string,
  value: string,
  { environment, image }: Pick<Service, "environment" | "image">,
): string | undefined {
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
    default:
      return undefined;
  }
}
