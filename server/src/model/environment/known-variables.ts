import { POSTGRES_IMAGES } from "../image/postgres-images.ts";
/** A variable that the entrypoint of an image reads. */
export interface KnownVariable {
  readonly name: string;
  readonly summary: string;
  /** All that it may be. */
  readonly values?: readonly string[];
}

interface VariablesOfImage {
  /** Names of images without tag. */
  readonly images: readonly string[];
  readonly variables: readonly KnownVariable[];
}

const TRUTH = ["yes", "no"];

/** From the descriptions of these images on Docker Hub and their entrypoints (docker-library/docs and the makers' own, read 2026-11). */
const known: readonly VariablesOfImage[] = [
  {
    images: POSTGRES_IMAGES,
    variables: [
      {
        name: "POSTGRES_PASSWORD",
        summary: "Password of the superuser; without it no new database is made.",
      },
      {
        name: "POSTGRES_USER",
        summary: "Superuser that is made with the database; `postgres` when not set.",
      },
      { name: "POSTGRES_DB", summary: "Database that is made; named like the user when not set." },
      { name: "POSTGRES_INITDB_ARGS", summary: "Words for `initdb`, e.g. `--data-checksums`." },
      {
        name: "POSTGRES_HOST_AUTH_METHOD",
        summary: "How connections over the network log in; `trust` asks nobody for a password.",
        values: ["scram-sha-256", "md5", "password", "trust"],
      },
      { name: "PGDATA", summary: "Folder of the data inside the container." },
    ],
  },
  {
    images: ["mysql"],
    variables: [
      { name: "MYSQL_ROOT_PASSWORD", summary: "Password of root; without it no new database is made." },
      { name: "MYSQL_DATABASE", summary: "Database that is made at the first start." },
      { name: "MYSQL_USER", summary: "User that is made with all rights on `MYSQL_DATABASE`; not `root`." },
      { name: "MYSQL_PASSWORD", summary: "Password of `MYSQL_USER`." },
      {
        name: "MYSQL_RANDOM_ROOT_PASSWORD",
        summary: "Makes a password for root and prints it.",
        values: TRUTH,
      },
      { name: "MYSQL_ALLOW_EMPTY_PASSWORD", summary: "Lets root be without a password.", values: TRUTH },
    ],
  },
  {
    images: ["mariadb"],
    variables: [
      { name: "MARIADB_ROOT_PASSWORD", summary: "Password of root; without it no new database is made." },
      { name: "MARIADB_DATABASE", summary: "Database that is made at the first start." },
      { name: "MARIADB_USER", summary: "User that is made with all rights on `MARIADB_DATABASE`." },
      { name: "MARIADB_PASSWORD", summary: "Password of `MARIADB_USER`." },
      {
        name: "MARIADB_RANDOM_ROOT_PASSWORD",
        summary: "Makes a password for root and prints it.",
        values: TRUTH,
      },
      {
        name: "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
        summary: "Lets root be without a password.",
        values: TRUTH,
      },
      {
        name: "MARIADB_AUTO_UPGRADE",
        summary: "Brings old data to the version of the image.",
        values: ["1"],
      },
    ],
  },
  {
    images: ["mongo"],
    variables: [
      { name: "MONGO_INITDB_ROOT_USERNAME", summary: "Root user that is made; needs the password too." },
      { name: "MONGO_INITDB_ROOT_PASSWORD", summary: "Password of that user." },
      { name: "MONGO_INITDB_DATABASE", summary: "Database in which scripts of the first start run." },
    ],
  },
  {
    images: ["rabbitmq"],
    variables: [
      {
        name: "RABBITMQ_DEFAULT_USER",
        summary: "User that is made at the first start; `guest` when not set.",
      },
      { name: "RABBITMQ_DEFAULT_PASS", summary: "Password of that user; `guest` when not set." },
      { name: "RABBITMQ_DEFAULT_VHOST", summary: "Virtual host that is made; `/` when not set." },
    ],
  },
  {
    images: ["minio/minio", "quay.io/minio/minio"],
    variables: [
      { name: "MINIO_ROOT_USER", summary: "Access key of root, 3 characters or more." },
      { name: "MINIO_ROOT_PASSWORD", summary: "Secret key of root, 8 characters or more." },
    ],
  },
  {
    images: ["nginx"],
    variables: [
      {
        name: "NGINX_ENVSUBST_TEMPLATE_DIR",
        summary: "Folder of templates; `/etc/nginx/templates` when not set.",
      },
      { name: "NGINX_ENVSUBST_FILTER", summary: "Pattern of the names that templates may use." },
      {
        name: "NGINX_ENTRYPOINT_QUIET_LOGS",
        summary: "Silences the entrypoint when it has a value.",
        values: ["1"],
      },
    ],
  },
  {
    images: ["node"],
    variables: [
      {
        name: "NODE_ENV",
        summary: "Which mode programs run in.",
        values: ["production", "development", "test"],
      },
      { name: "NODE_OPTIONS", summary: "Options for `node`, e.g. `--max-old-space-size=512`." },
    ],
  },
  {
    images: ["python"],
    variables: [
      { name: "PYTHONUNBUFFERED", summary: "Logs are written at once.", values: ["1"] },
      { name: "PYTHONDONTWRITEBYTECODE", summary: "No `.pyc` files are written.", values: ["1"] },
    ],
  },
  {
    images: ["grafana/grafana", "grafana/grafana-oss"],
    variables: [
      { name: "GF_SECURITY_ADMIN_USER", summary: "Name of the administrator; `admin` when not set." },
      { name: "GF_SECURITY_ADMIN_PASSWORD", summary: "Password of the administrator; `admin` when not set." },
      {
        name: "GF_AUTH_ANONYMOUS_ENABLED",
        summary: "Lets in who has no account.",
        values: ["true", "false"],
      },
    ],
  },
  {
    images: ["wordpress"],
    variables: [
      { name: "WORDPRESS_DB_HOST", summary: "Host of the database; `mysql` when not set." },
      { name: "WORDPRESS_DB_USER", summary: "User of the database." },
      { name: "WORDPRESS_DB_PASSWORD", summary: "Password of that user." },
      { name: "WORDPRESS_DB_NAME", summary: "Name of the database; `wordpress` when not set." },
    ],
  },
];

/** What an image is known to read of its environment; nothing for one that is not known. `image` is its name without tag. */
export function knownVariables(image: string | undefined): readonly KnownVariable[] {
  return known.find((it) => image !== undefined && it.images.includes(image))?.variables ?? [];
}

/** Of Compose itself, from `.env` beside the Compose file (docs.docker.com, Compose, pre-defined environment variables, read 2026-11). */
export const composeSettings: readonly KnownVariable[] = [
  { name: "COMPOSE_PROJECT_NAME", summary: "Name of the project, with which its containers begin." },
  { name: "COMPOSE_FILE", summary: "Compose files that are read, with `:` between them (`;` on Windows)." },
  { name: "COMPOSE_PROFILES", summary: "Profiles whose services take part, with `,` between them." },
  { name: "COMPOSE_PATH_SEPARATOR", summary: "What stands between the files of `COMPOSE_FILE`." },
  {
    name: "COMPOSE_IGNORE_ORPHANS",
    summary: "Says nothing of containers of services that are gone.",
    values: ["true", "false"],
  },
  {
    name: "COMPOSE_REMOVE_ORPHANS",
    summary: "Removes containers of services that are gone.",
    values: ["true", "false"],
  },
  { name: "COMPOSE_PARALLEL_LIMIT", summary: "How many calls of the engine are made at once." },
  {
    name: "COMPOSE_CONVERT_WINDOWS_PATHS",
    summary: "Takes paths of Windows in volumes.",
    values: ["1", "0"],
  },
  {
    name: "COMPOSE_BAKE",
    summary: "Builds all images at once with `docker buildx bake`.",
    values: ["true", "false"],
  },
  { name: "DOCKER_HOST", summary: "The engine that Compose speaks to, e.g. `unix:///var/run/docker.sock`." },
  {
    name: "DOCKER_DEFAULT_PLATFORM",
    summary: "Platform of services that name none.",
    values: ["linux/amd64", "linux/arm64"],
  },
];

/** Does Compose or the docker command line read it itself? */
export function isComposeSetting(name: string): boolean {
  return /^(?:COMPOSE|DOCKER|BUILDKIT|BUILDX)_/.test(name);
}
