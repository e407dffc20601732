/** A variable that an image reads. */
export interface ImageVariable {
  readonly name: string;
  /** What it does, in our own words. */
  readonly summary: string;
  /** The image reads it from the file that `NAME_FILE` names too. */
  readonly fromFile: boolean;
}

/** A place in the container where something is mounted. */
export interface ImagePlace {
  readonly path: string;
  readonly summary: string;
  /** `data` outlives the container in a volume, `files` are brought along. */
  readonly kind: "data" | "files";
}

/** What a known image is told by whoever runs it. */
export interface ImageSettings {
  /** Matches its familiar name, without the tag. */
  readonly image: RegExp;
  readonly variables: readonly ImageVariable[];
  readonly places: readonly ImagePlace[];
}

const plain = (name: string, summary: string): ImageVariable => ({ name, summary, fromFile: false });
const orFile = (name: string, summary: string): ImageVariable => ({ name, summary, fromFile: true });
const data = (path: string, summary: string): ImagePlace => ({ path, summary, kind: "data" });
const files = (path: string, summary: string): ImagePlace => ({ path, summary, kind: "files" });

const scripts = files("/docker-entrypoint-initdb.d", "Scripts that run once, when there are no data yet.");

const mysqlVariables = (prefix: "MYSQL" | "MARIADB"): readonly ImageVariable[] => [
  orFile(
    `${prefix}_ROOT_PASSWORD`,
    "Password of `root`; the server does not start for the first time without one.",
  ),
  orFile(`${prefix}_DATABASE`, "Database that is made at the first start."),
  orFile(`${prefix}_USER`, "User that is made at the first start, with all rights on that database."),
  orFile(`${prefix}_PASSWORD`, "Password of that user."),
  plain(
    `${prefix}_RANDOM_ROOT_PASSWORD`,
    "With any value, a password for `root` is made up and written to the log.",
  ),
  plain(
    prefix === "MYSQL" ? "MYSQL_ALLOW_EMPTY_PASSWORD" : "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
    "With any value, `root` may have no password: for tests only.",
  ),
  orFile(`${prefix}_ROOT_HOST`, "Hosts that `root` may log in from; `%` for each."),
];

/**
 * Variables and places of images that many projects run, from the images' own documentation and entrypoints (docker-library,
 * MariaDB/mariadb-docker, grafana, keycloak, minio, pgadmin, influxdb and others). Read 2026-11-27 for PostgreSQL, MySQL,
 * MariaDB, MongoDB, RabbitMQ, nginx, Adminer, Mailpit and Bitnami's; the others as their documentation is known, not read anew.
 * Those of InfluxDB are of version 2. Not complete: only what is mostly set.
 */
const imageSettings: readonly ImageSettings[] = [
  {
    image: /(?:^|\/)(?:postgres|postgis|pgvector|timescaledb(?:-ha)?)$/,
    variables: [
      orFile(
        "POSTGRES_PASSWORD",
        "Password of the user; the server does not start for the first time without one.",
      ),
      orFile(
        "POSTGRES_USER",
        "User that is made at the first start, with all rights; `postgres` when not set.",
      ),
      orFile("POSTGRES_DB", "Database that is made at the first start; named like the user when not set."),
      orFile("POSTGRES_INITDB_ARGS", "Options of `initdb`, e.g. `--data-checksums`."),
      plain("POSTGRES_HOST_AUTH_METHOD", "How clients of other hosts log in; `trust` asks for no password."),
      plain("PGDATA", "Folder of the data. The volume has to be there or above."),
    ],
    places: [scripts],
  },
  {
    image: /(?:^|\/)(?:mysql|percona)$/,
    variables: mysqlVariables("MYSQL"),
    places: [scripts, files("/etc/mysql/conf.d", "More settings, in files that end in `.cnf`.")],
  },
  {
    image: /(?:^|\/)mariadb$/,
    variables: [
      ...mysqlVariables("MARIADB"),
      plain(
        "MARIADB_AUTO_UPGRADE",
        "With any value, data of an older version are brought up to date at the start.",
      ),
    ],
    places: [scripts, files("/etc/mysql/conf.d", "More settings, in files that end in `.cnf`.")],
  },
  {
    image: /(?:^|\/)mongo$/,
    variables: [
      orFile("MONGO_INITDB_ROOT_USERNAME", "User that is made at the first start, with all rights."),
      orFile("MONGO_INITDB_ROOT_PASSWORD", "Password of that user."),
      plain("MONGO_INITDB_DATABASE", "Database that the scripts of the first start use."),
    ],
    places: [scripts],
  },
  {
    image: /(?:^|\/)mongo-express$/,
    variables: [
      plain("ME_CONFIG_MONGODB_URL", "Address of the database, with its login."),
      orFile("ME_CONFIG_BASICAUTH_USERNAME", "User of the web page."),
      orFile("ME_CONFIG_BASICAUTH_PASSWORD", "Password of that user."),
    ],
    places: [],
  },
  {
    image: /(?:^|\/)(?:redis|valkey)$/,
    variables: [],
    places: [
      files(
        "/usr/local/etc/redis/redis.conf",
        "Settings, for `command: redis-server /usr/local/etc/redis/redis.conf`.",
      ),
    ],
  },
  {
    image: /(?:^|\/)rabbitmq$/,
    variables: [
      plain("RABBITMQ_DEFAULT_USER", "User that is made at the first start; `guest` when not set."),
      plain("RABBITMQ_DEFAULT_PASS", "Password of that user; `guest` when not set."),
      plain("RABBITMQ_DEFAULT_VHOST", "Virtual host that is made at the first start; `/` when not set."),
      plain(
        "RABBITMQ_NODENAME",
        "Name of the node. The data are found under it, so it has to stay the same.",
      ),
    ],
    places: [files("/etc/rabbitmq/conf.d", "More settings, in files that end in `.conf`.")],
  },
  {
    image: /(?:^|\/)nginx(?:-unprivileged)?$/,
    variables: [
      plain(
        "NGINX_ENVSUBST_TEMPLATE_DIR",
        "Folder of templates in which variables are filled in; `/etc/nginx/templates` when not set.",
      ),
      plain("NGINX_ENTRYPOINT_QUIET_LOGS", "With any value, the start-up scripts say nothing."),
    ],
    places: [
      files("/etc/nginx/conf.d", "Settings of the servers, in files that end in `.conf`."),
      files(
        "/etc/nginx/templates",
        "Templates of the former, in which variables are filled in at the start.",
      ),
      files("/etc/nginx/nginx.conf", "All settings."),
      files("/usr/share/nginx/html", "Files that are served."),
    ],
  },
  {
    image: /(?:^|\/)httpd$/,
    variables: [],
    places: [
      files("/usr/local/apache2/htdocs", "Files that are served."),
      files("/usr/local/apache2/conf/httpd.conf", "All settings."),
    ],
  },
  {
    image: /(?:^|\/)caddy$/,
    variables: [],
    places: [
      files("/etc/caddy/Caddyfile", "All settings."),
      files("/srv", "Files that are served."),
      data("/data", "Certificates: they have to outlive the container."),
      data("/config", "Settings that Caddy saved."),
    ],
  },
  {
    image: /(?:^|\/)traefik$/,
    variables: [],
    places: [
      files("/var/run/docker.sock", "Socket of the engine, for rules in labels; mount it with `:ro`."),
      files("/etc/traefik", "All settings."),
      data("/letsencrypt", "Certificates, where the settings say so."),
    ],
  },
  {
    image: /(?:^|\/)haproxy$/,
    variables: [],
    places: [files("/usr/local/etc/haproxy/haproxy.cfg", "All settings.")],
  },
  {
    image: /(?:^|\/)(?:wordpress)$/,
    variables: [
      orFile("WORDPRESS_DB_HOST", "Host of the database, with its port."),
      orFile("WORDPRESS_DB_USER", "User of the database."),
      orFile("WORDPRESS_DB_PASSWORD", "Password of that user."),
      orFile("WORDPRESS_DB_NAME", "Name of the database."),
      plain("WORDPRESS_DEBUG", "With `1`, errors are shown."),
    ],
    places: [data("/var/www/html", "WordPress with its uploads and plugins.")],
  },
  {
    image: /(?:^|\/)grafana(?:-oss|-enterprise)?$/,
    variables: [
      plain("GF_SECURITY_ADMIN_USER", "User that is made at the first start; `admin` when not set."),
      plain("GF_SECURITY_ADMIN_PASSWORD", "Password of that user; `admin` when not set."),
      plain("GF_SECURITY_ADMIN_PASSWORD__FILE", "File that holds that password, with two underscores."),
      plain("GF_SERVER_ROOT_URL", "Address under which users reach it."),
      plain("GF_USERS_ALLOW_SIGN_UP", "With `false`, nobody makes an account for himself."),
      plain("GF_AUTH_ANONYMOUS_ENABLED", "With `true`, everybody may look at it."),
      plain("GF_INSTALL_PLUGINS", "Plugins to install, separated by commas."),
    ],
    places: [
      data("/var/lib/grafana", "Dashboards, users and plugins."),
      files("/etc/grafana/provisioning", "Data sources and dashboards that are there from the start."),
    ],
  },
  {
    image: /(?:^|\/)prometheus$/,
    variables: [],
    places: [
      data("/prometheus", "What was measured."),
      files("/etc/prometheus/prometheus.yml", "All settings."),
    ],
  },
  {
    image: /(?:^|\/)keycloak$/,
    variables: [
      plain("KC_BOOTSTRAP_ADMIN_USERNAME", "Administrator that is made at the first start."),
      plain("KC_BOOTSTRAP_ADMIN_PASSWORD", "Password of the administrator."),
      plain("KC_DB", "Kind of database, e.g. `postgres`."),
      plain("KC_DB_URL", "Address of the database, `jdbc:postgresql://host/name`."),
      plain("KC_DB_USERNAME", "User of the database."),
      plain("KC_DB_PASSWORD", "Password of that user."),
      plain("KC_HOSTNAME", "Address under which users reach it."),
      plain("KC_HEALTH_ENABLED", "With `true`, answers `/health` on port 9000."),
      plain("KC_HTTP_ENABLED", "With `true`, speaks HTTP without encryption, for use behind a proxy."),
    ],
    places: [files("/opt/keycloak/data/import", "Realms that `--import-realm` takes in.")],
  },
  {
    image: /(?:^|\/)minio$/,
    variables: [
      orFile("MINIO_ROOT_USER", "User with all rights; three letters or more."),
      orFile("MINIO_ROOT_PASSWORD", "Password of that user; eight letters or more."),
      plain("MINIO_BROWSER_REDIRECT_URL", "Address under which users reach the console."),
    ],
    places: [data("/data", "What is stored, with `command: server /data`.")],
  },
  {
    image: /(?:^|\/)pgadmin4$/,
    variables: [
      plain("PGADMIN_DEFAULT_EMAIL", "Address that you log in with; needed."),
      orFile("PGADMIN_DEFAULT_PASSWORD", "Password that you log in with; needed."),
    ],
    places: [data("/var/lib/pgadmin", "Its settings and sessions.")],
  },
  {
    image: /(?:^|\/)phpmyadmin$/,
    variables: [
      orFile("PMA_HOST", "Host of the database."),
      orFile("PMA_USER", "User that you are logged in as."),
      orFile("PMA_PASSWORD", "Password of that user."),
      plain("PMA_ARBITRARY", "With `1`, the page asks for the host."),
    ],
    places: [],
  },
  {
    image: /(?:^|\/)adminer$/,
    variables: [plain("ADMINER_DEFAULT_SERVER", "Host that the page proposes; `db` when not set.")],
    places: [],
  },
  {
    image: /(?:^|\/)elasticsearch$/,
    variables: [
      plain("discovery.type", "With `single-node`, one server is enough."),
      plain("xpack.security.enabled", "With `false`, neither passwords nor TLS: for tests only."),
      orFile("ELASTIC_PASSWORD", "Password of the user `elastic`."),
      plain("ES_JAVA_OPTS", "Options of Java, e.g. `-Xms512m -Xmx512m`."),
    ],
    places: [data("/usr/share/elasticsearch/data", "The indices.")],
  },
  {
    image: /(?:^|\/)kibana$/,
    variables: [
      plain("ELASTICSEARCH_HOSTS", "Address of Elasticsearch."),
      plain("SERVER_PUBLICBASEURL", "Address under which users reach it."),
    ],
    places: [],
  },
  {
    image: /(?:^|\/)influxdb$/,
    variables: [
      plain(
        "DOCKER_INFLUXDB_INIT_MODE",
        "With `setup`, user, organisation and bucket are made at the first start.",
      ),
      orFile("DOCKER_INFLUXDB_INIT_USERNAME", "User that is made."),
      orFile("DOCKER_INFLUXDB_INIT_PASSWORD", "Password of that user."),
      plain("DOCKER_INFLUXDB_INIT_ORG", "Organisation that is made."),
      plain("DOCKER_INFLUXDB_INIT_BUCKET", "Bucket that is made."),
      orFile("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN", "Token with all rights."),
    ],
    places: [data("/var/lib/influxdb2", "What was measured."), data("/etc/influxdb2", "Its settings.")],
  },
  {
    image: /(?:^|\/)clickhouse(?:-server)?$/,
    variables: [
      plain("CLICKHOUSE_DB", "Database that is made at the first start."),
      plain("CLICKHOUSE_USER", "User that is made at the first start."),
      orFile("CLICKHOUSE_PASSWORD", "Password of that user."),
    ],
    places: [data("/var/lib/clickhouse", "The data."), scripts],
  },
  {
    image: /(?:^|\/)neo4j$/,
    variables: [orFile("NEO4J_AUTH", "User and password as `neo4j/password`, or `none`.")],
    places: [data("/data", "The data."), data("/logs", "The logs."), data("/plugins", "Plugins.")],
  },
  {
    image: /(?:^|\/)registry$/,
    variables: [
      plain("REGISTRY_STORAGE_DELETE_ENABLED", "With `true`, images can be deleted."),
      plain("REGISTRY_PROXY_REMOTEURL", "Registry that this one keeps copies of."),
    ],
    places: [data("/var/lib/registry", "The images.")],
  },
  {
    image: /(?:^|\/)(?:mailpit)$/,
    variables: [plain("MP_MAX_MESSAGES", "Most messages that are kept.")],
    places: [data("/data", "Messages, where `MP_DATABASE` says so.")],
  },
  {
    image: /(?:^|\/)(?:gitea)$/,
    variables: [
      plain("USER_UID", "Id of the user that owns the data."),
      plain("USER_GID", "Id of its group."),
      plain("GITEA__database__DB_TYPE", "Kind of database, e.g. `postgres`."),
      plain("GITEA__database__HOST", "Host of the database, with its port."),
    ],
    places: [data("/data", "Repositories and settings.")],
  },
  {
    image: /(?:^|\/)nextcloud$/,
    variables: [
      orFile("NEXTCLOUD_ADMIN_USER", "User that is made at the first start."),
      orFile("NEXTCLOUD_ADMIN_PASSWORD", "Password of that user."),
      plain("NEXTCLOUD_TRUSTED_DOMAINS", "Names under which users reach it, separated by blanks."),
      orFile("POSTGRES_HOST", "Host of the database."),
      plain("REDIS_HOST", "Host of Redis."),
    ],
    places: [data("/var/www/html", "Nextcloud with its files.")],
  },
  {
    image: /(?:^|\/)node$/,
    variables: [
      plain("NODE_ENV", "`production` leaves out what only development needs."),
      plain("NODE_OPTIONS", "Options of Node, e.g. `--max-old-space-size=512`."),
    ],
    places: [],
  },
  {
    image: /(?:^|\/)python$/,
    variables: [
      plain("PYTHONUNBUFFERED", "With `1`, what is printed is in the log at once."),
      plain("PYTHONDONTWRITEBYTECODE", "With `1`, no `__pycache__` is written."),
    ],
    places: [],
  },
];

/** What is known of an image by its familiar name. */
export function settingsOfImage(name: string | undefined): ImageSettings | undefined {
  return name === undefined ? undefined : imageSettings.find((it) => it.image.test(name));
}
