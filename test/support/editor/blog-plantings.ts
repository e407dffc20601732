// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.

/** What is replaced in a file of `examples/blog`: each text stands there once. */
type Replacements = readonly (readonly [text: string, by: string])[];

/** By path: replacements, the text of a file that is new, or nothing for one that is removed. */
type Changes = Readonly<Record<string, Replacements | string | undefined>>;

/** One mistake put into `examples/blog`, which has none. */
export interface Planting {
  /** As section B of the practices calls it, and what of it is planted. */
  readonly mistake: string;
  readonly planted: Changes;
  /** Rules that run only when asked for. */
  readonly asked?: readonly string[];
  /** The one finding: its rule, and a part of the planted `compose.yaml` with the place between « and »; one for each place. */
  readonly finds: string;
  readonly at: string | readonly string[];
  /** Title of the fix that is taken, and whether fix-all takes it too. */
  readonly fix: string;
  readonly kind: "safe" | "unsafe";
  /** What differs from the example then; nothing where it is as it was. */
  readonly fixed?: Changes;
}

/** Only `compose.yaml` changes. */
function inCompose(...replacements: Replacements): Changes {
  return { "compose.yaml": replacements };
}

const awaited = "    depends_on:\n      db:\n        condition: service_healthy\n";
/** The end of the service `posts`, and what is put behind it. */
const endOfPosts = `      COMMENTS_URL: http://comments:8181\n    networks: [front, back]\n${awaited}`;
const postsWith = (text: string) => inCompose([endOfPosts, endOfPosts + text]);
const startOfPosts = "      target: posts\n    restart: unless-stopped\n    init: true\n";
const urlOfPosts = `${startOfPosts}    environment:\n      DATABASE_URL: `;
const url = "postgres://blog:${POSTGRES_PASSWORD}@db:5432/blog";
const postsWithUrl = (other: string) => inCompose([`${urlOfPosts}${url}`, `${urlOfPosts}${other}`]);

const healthcheck = `    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U blog -d blog"]
      interval: 5s
      timeout: 3s
      retries: 10
`;
/** As a fix writes it. */
const ownHealthcheck = healthcheck.replace("-U", "-h 127.0.0.1 -U").replace("3s", "5s");
const data = "      - database:/var/lib/postgresql\n";
const volumes = "volumes:\n  database:\n";
const databaseNetworks = "    networks: [back]\n";
const password = "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}";

/** A service that another waits for alone. */
const cache = (health: string): Replacements => [
  [endOfPosts, `${endOfPosts}      cache:\n        condition: service_healthy\n`],
  [
    "  db:\n    image",
    `  cache:\n    image: redis:8-alpine\n    restart: unless-stopped\n${databaseNetworks}${health}\n  db:\n    image`,
  ],
];

/** The other services have a limit. */
const limits: Replacements = [
  ["    networks: [front]\n", "    mem_limit: 64m\n    networks: [front]\n"],
  [endOfPosts, `${endOfPosts}    mem_limit: 64m\n`],
  ["      target: comments\n", "      target: comments\n    mem_limit: 64m\n"],
];

/** Each mistake of section B of the practices, one at a time. */
export const plantings: readonly Planting[] = [
  {
    mistake: "dependency-not-awaited: a list, and the database has a health check",
    planted: inCompose([endOfPosts, endOfPosts.replace(awaited, "    depends_on: [db]\n")]),
    finds: "dependency-not-awaited",
    at: "depends_on: [«db»]",
    fix: "Wait until db is healthy",
    kind: "safe",
  },
  {
    mistake: "dependency-not-awaited: the Dockerfile has a health check",
    planted: inCompose([
      "      comments:\n        condition: service_healthy\n",
      "      comments:\n        condition: service_started\n",
    ]),
    finds: "dependency-not-awaited",
    at: "      comments:\n        condition: «service_started»\n",
    fix: "Wait until comments is healthy",
    kind: "unsafe",
  },
  {
    mistake: "dependency-not-awaited: the database could have a health check",
    planted: inCompose(
      [healthcheck, ""],
      [endOfPosts, endOfPosts.replace(awaited, "    depends_on: [db]\n")],
      [`    networks: [front, back]\n${awaited}\n  db:`, "    networks: [front, back]\n\n  db:"],
    ),
    finds: "dependency-not-awaited",
    at: "depends_on: [«db»]",
    fix: "Add a health check to db and wait for it",
    kind: "unsafe",
    fixed: inCompose(
      [healthcheck, ownHealthcheck],
      [`    networks: [front, back]\n${awaited}\n  db:`, "    networks: [front, back]\n\n  db:"],
    ),
  },
  {
    mistake: "health-condition-without-check: of a database",
    planted: inCompose([healthcheck, ""]),
    finds: "health-condition-without-check",
    at: [
      `${endOfPosts.replace("service_healthy", "«service_healthy»")}`,
      "condition: «service_healthy»\n\n  db:",
    ],
    fix: "Add a health check to db",
    kind: "unsafe",
    fixed: inCompose([healthcheck, ownHealthcheck]),
  },
  {
    mistake: "health-condition-without-check: of a cache",
    planted: { "compose.yaml": cache("") },
    finds: "health-condition-without-check",
    at: "cache:\n        condition: «service_healthy»",
    fix: "Add a health check to cache",
    kind: "unsafe",
    fixed: {
      "compose.yaml": cache(`    healthcheck:
      test: ["CMD", "redis-cli", "ping"]
      interval: 5s
      timeout: 5s
      retries: 10
`),
    },
  },
  {
    mistake: "health-condition-without-check: the Dockerfile has none",
    planted: {
      Dockerfile: [
        [`HEALTHCHECK --interval=5s --timeout=3s --start-period=5s CMD ["/comments", "-health"]\n`, ""],
      ],
    },
    finds: "health-condition-without-check",
    at: "comments:\n        condition: «service_healthy»",
    fix: "Wait only until comments is started",
    kind: "unsafe",
    fixed: {
      Dockerfile: [
        [`HEALTHCHECK --interval=5s --timeout=3s --start-period=5s CMD ["/comments", "-health"]\n`, ""],
      ],
      "compose.yaml": [
        [
          "      comments:\n        condition: service_healthy\n",
          "      comments:\n        condition: service_started\n",
        ],
      ],
    },
  },
  {
    mistake: "healthcheck-tool-missing: curl in an Alpine image",
    planted: inCompose(["pg_isready -U blog -d blog", "curl -f http://localhost:5432"]),
    finds: "service-healthcheck-tool-missing",
    at: '"«curl» -f',
    fix: "Ask with the image's own program",
    kind: "unsafe",
    fixed: inCompose(["pg_isready -U", "pg_isready -h 127.0.0.1 -U"]),
  },
  {
    mistake: "healthcheck-tool-missing: wget in an image from scratch",
    planted: postsWith(`    healthcheck:
      test: ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:8080/health"]
`),
    finds: "service-healthcheck-tool-missing",
    at: '"«wget»"',
    fix: "Take the health check of the Dockerfile",
    kind: "unsafe",
  },
  {
    mistake: "healthcheck-tool-missing: a shell in an image from scratch",
    planted: postsWith("    healthcheck:\n      test: /posts -health\n"),
    finds: "service-healthcheck-tool-missing",
    at: "test: «/posts -health»",
    fix: "Run it without a shell",
    kind: "unsafe",
    fixed: postsWith(`    healthcheck:
      test: ["CMD", "/posts", "-health"]
`),
  },
  {
    mistake: "database-not-persisted",
    planted: inCompose([data, ""], [`\n${volumes}`, ""]),
    finds: "database-not-persisted",
    at: "«postgres:18-alpine»",
    fix: "Keep them in the volume db",
    kind: "unsafe",
    fixed: inCompose(
      [data, ""],
      ["init.sql:ro\n", `init.sql:ro\n      - "db:/var/lib/postgresql"\n`],
      [volumes, "volumes:\n  db:\n"],
    ),
  },
  {
    mistake: "wrong-data-path: the one of PostgreSQL 17",
    planted: inCompose([data, data.replace("\n", "/data\n")]),
    finds: "wrong-data-path",
    at: "database:«/var/lib/postgresql/data»",
    fix: "Mount it at /var/lib/postgresql",
    kind: "safe",
  },
  {
    mistake: "wrong-data-path: the one of PostgreSQL 18",
    planted: inCompose(["postgres:18", "postgres:17"]),
    finds: "wrong-data-path",
    at: "database:«/var/lib/postgresql»\n",
    fix: "Mount it at /var/lib/postgresql/data",
    kind: "safe",
    fixed: inCompose(["postgres:18", "postgres:17"], [data, data.replace("\n", "/data\n")]),
  },
  {
    mistake: "unknown network: a slip",
    planted: inCompose(["networks: [front]", "networks: [fromt]"]),
    finds: "unknown-network",
    at: "networks: [«fromt»]",
    fix: "Replace fromt with front",
    kind: "safe",
  },
  {
    mistake: "unknown network",
    planted: inCompose(["networks: [front]", "networks: [front, metrics]"]),
    finds: "unknown-network",
    at: "[front, «metrics»]",
    fix: "Declare metrics under networks",
    kind: "unsafe",
    fixed: inCompose(
      ["networks: [front]", "networks: [front, metrics]"],
      ["    internal: true\n", "    internal: true\n  metrics:\n"],
    ),
  },
  {
    mistake: "unknown volume: a slip",
    planted: inCompose([data, data.replace("database", "databse")]),
    finds: "unknown-volume",
    at: "- «databse»:/",
    fix: "Replace databse with database",
    kind: "safe",
  },
  {
    mistake: "unknown volume",
    planted: inCompose([`\n${volumes}`, ""]),
    finds: "unknown-volume",
    at: "- «database»:/",
    fix: "Declare database under volumes",
    kind: "unsafe",
  },
  {
    mistake: "unknown secret",
    planted: postsWith("    secrets: [token]\n"),
    finds: "unknown-secret",
    at: "secrets: [«token»]",
    fix: "Declare token under secrets",
    kind: "unsafe",
    fixed: inCompose(
      [endOfPosts, `${endOfPosts}    secrets: [token]\n`],
      [volumes, `${volumes}\nsecrets:\n  token:\n    file: ./token.txt\n`],
    ),
  },
  {
    mistake: "unknown config",
    planted: postsWith("    configs: [settings]\n"),
    finds: "unknown-config",
    at: "configs: [«settings»]",
    fix: "Declare settings under configs",
    kind: "unsafe",
    fixed: inCompose(
      [endOfPosts, `${endOfPosts}    configs: [settings]\n`],
      [volumes, `${volumes}\nconfigs:\n  settings:\n    file: ./settings\n`],
    ),
  },
  {
    mistake: "unknown service",
    planted: inCompose(["      comments:\n        condition", "      coments:\n        condition"]),
    finds: "unknown-service",
    at: "«coments»:\n",
    fix: "Replace coments with comments",
    kind: "safe",
  },
  {
    mistake: "unused network",
    planted: inCompose(["  front:\n", "  front:\n  metrics:\n"]),
    finds: "unused-resource",
    at: "«metrics»:",
    fix: "Remove the network metrics",
    kind: "unsafe",
  },
  {
    mistake: "unused volume",
    planted: inCompose([volumes, `${volumes}  uploads:\n`]),
    finds: "unused-resource",
    at: "«uploads»:",
    fix: "Remove the volume uploads",
    kind: "unsafe",
  },
  {
    mistake: "unused secret",
    planted: inCompose([volumes, `${volumes}\nsecrets:\n  token:\n    file: ./token.txt\n`]),
    finds: "unused-resource",
    at: "«token»:",
    fix: "Remove the secret token",
    kind: "unsafe",
  },
  {
    mistake: "unused config",
    planted: inCompose([volumes, `${volumes}\nconfigs:\n  schema:\n    file: ./database/init.sql\n`]),
    finds: "unused-resource",
    at: "«schema»:",
    fix: "Remove the config schema",
    kind: "unsafe",
  },
  {
    mistake: "host-unknown: a slip",
    planted: inCompose(["http://comments:8181", "http://coments:8181"]),
    finds: "host-unknown",
    at: "http://«coments»:",
    fix: "Replace coments with comments",
    kind: "unsafe",
  },
  {
    mistake: "host-unknown: another name for the database",
    planted: postsWithUrl(url.replace("@db", "@postgres")),
    finds: "host-unknown",
    at: "@«postgres»:",
    fix: "Replace postgres with db",
    kind: "unsafe",
  },
  {
    mistake: "localhost-in-container: a database",
    planted: postsWithUrl(url.replace("@db", "@localhost")),
    finds: "localhost-in-container",
    at: "@«localhost»:",
    fix: "Replace localhost with db",
    kind: "unsafe",
  },
  {
    mistake: "localhost-in-container: another service",
    planted: inCompose(["http://comments:8181", "http://127.0.0.1:8181"]),
    finds: "localhost-in-container",
    at: "http://«127.0.0.1»:",
    fix: "Replace 127.0.0.1 with comments",
    kind: "unsafe",
  },
  {
    mistake: "host-port-used-inside",
    planted: inCompose(
      [`${urlOfPosts}${url}`, `${urlOfPosts}${url.replace("5432", "5433")}`],
      [databaseNetworks, `    ports: ["127.0.0.1:5433:5432"]\n${databaseNetworks}`],
    ),
    finds: "host-port-used-inside",
    at: "@db:«5433»/",
    fix: "Replace 5433 with 5432",
    kind: "safe",
    fixed: inCompose([databaseNetworks, `    ports: ["127.0.0.1:5433:5432"]\n${databaseNetworks}`]),
  },
  {
    mistake: "host-not-reachable",
    planted: inCompose([endOfPosts, endOfPosts.replace("[front, back]", "[front]")]),
    finds: "host-not-reachable",
    at: urlOfPosts + url.replace("@db", "@«db»"),
    fix: "Put posts on back",
    kind: "unsafe",
  },
  {
    mistake: "host-not-reachable: from the gateway",
    planted: inCompose(
      ["networks: [front]", "networks: [edge]"],
      ["  front:\n", "  front:\n  edge:\n"],
      [endOfPosts, endOfPosts.replace("[front,", "[edge, front,")],
    ),
    finds: "host-not-reachable",
    at: "«./gateway/nginx.conf»:",
    fix: "Put gateway on front",
    kind: "unsafe",
    fixed: inCompose(
      ["networks: [front]", "networks: [edge, front]"],
      ["  front:\n", "  front:\n  edge:\n"],
      [endOfPosts, endOfPosts.replace("[front,", "[edge, front,")],
    ),
  },
  {
    mistake: "credentials-differ: the user",
    planted: postsWithUrl(url.replace("//blog", "//posts")),
    finds: "credentials-differ",
    at: "//«posts»:",
    fix: "Replace posts with blog",
    kind: "unsafe",
  },
  {
    mistake: "credentials-differ: the database",
    planted: postsWithUrl(url.replace("5432/blog", "5432/blgo")),
    finds: "credentials-differ",
    at: "5432/«blgo»",
    fix: "Replace blgo with blog",
    kind: "unsafe",
  },
  {
    mistake: "credentials-differ: the password",
    planted: postsWithUrl("postgres://blog:changeme@db:5432/blog"),
    finds: "credentials-differ",
    at: "blog:«changeme»@",
    fix: "Take the password of POSTGRES_PASSWORD",
    kind: "unsafe",
    fixed: postsWithUrl("postgres://blog:${POSTGRES_PASSWORD}@db:5432/blog"),
  },
  {
    mistake: "dollar-interpolated: a variable of the container",
    planted: inCompose(["-U blog -d", "-U $POSTGRES_USER -d"]),
    finds: "dollar-interpolated",
    at: "«$POSTGRES_USER»",
    fix: "Leave POSTGRES_USER to the container",
    kind: "safe",
    fixed: inCompose(["-U blog -d", "-U $$POSTGRES_USER -d"]),
  },
  {
    mistake: "dollar-interpolated: a password",
    planted: inCompose(["      COMMENTS_URL", "      MAIL_PASSWORD: may$the\n      COMMENTS_URL"]),
    finds: "dollar-interpolated",
    at: "may«$the»",
    fix: "Double the dollar",
    kind: "safe",
    fixed: inCompose(["      COMMENTS_URL", "      MAIL_PASSWORD: may$$the\n      COMMENTS_URL"]),
  },
  {
    mistake: "dollar-interpolated: a variable that nothing sets",
    planted: inCompose(["      COMMENTS_URL", "      LOG_LEVEL: ${LOG_LEVEL}\n      COMMENTS_URL"]),
    finds: "unset-variable",
    at: "«${LOG_LEVEL}»",
    fix: "Add LOG_LEVEL to .env",
    kind: "unsafe",
    fixed: {
      ".env": [
        [
          "POSTGRES_PASSWORD=only-for-this-example\n",
          "POSTGRES_PASSWORD=only-for-this-example\nLOG_LEVEL=\n",
        ],
      ],
      "compose.yaml": [["      COMMENTS_URL", "      LOG_LEVEL: ${LOG_LEVEL}\n      COMMENTS_URL"]],
    },
  },
  {
    mistake: "dollar-interpolated: a variable without a default",
    planted: inCompose(["      COMMENTS_URL", "      LOG_LEVEL: ${LOG_LEVEL}\n      COMMENTS_URL"]),
    finds: "unset-variable",
    at: "«${LOG_LEVEL}»",
    fix: "Say that LOG_LEVEL may be empty",
    kind: "unsafe",
    fixed: inCompose(["      COMMENTS_URL", "      LOG_LEVEL: ${LOG_LEVEL:-}\n      COMMENTS_URL"]),
  },
  {
    mistake: "secret-in-environment: as a secret",
    planted: inCompose([password, "POSTGRES_PASSWORD: only-for-this-example"]),
    finds: "plain-password",
    at: "POSTGRES_PASSWORD: «only-for-this-example»",
    fix: "Read it from ./postgres_password.txt as a secret",
    kind: "unsafe",
    fixed: inCompose(
      [password, "POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password"],
      [healthcheck, `${healthcheck}    secrets: [postgres_password]\n`],
      [volumes, `${volumes}\nsecrets:\n  postgres_password:\n    file: ./postgres_password.txt\n`],
    ),
  },
  {
    mistake: "secret-in-environment: from the shell",
    planted: inCompose([password, "POSTGRES_PASSWORD: only-for-this-example"]),
    finds: "plain-password",
    at: "POSTGRES_PASSWORD: «only-for-this-example»",
    fix: "Take POSTGRES_PASSWORD from .env",
    kind: "unsafe",
    fixed: inCompose([password, `POSTGRES_PASSWORD: "\${POSTGRES_PASSWORD}"`]),
  },
  {
    mistake: "published-database",
    planted: inCompose([databaseNetworks, `    ports: ["5432:5432"]\n${databaseNetworks}`]),
    finds: "published-database",
    at: '[«"5432:5432"»]',
    fix: "Publish it on 127.0.0.1 only",
    kind: "unsafe",
    fixed: inCompose([databaseNetworks, `    ports: ["127.0.0.1:5432:5432"]\n${databaseNetworks}`]),
  },
  {
    mistake: "bypasses-gateway",
    planted: postsWith(`    ports: ["8080:8080"]
`),
    finds: "bypasses-gateway",
    at: 'ports: «["8080:8080"]»',
    fix: "Remove the ports",
    kind: "unsafe",
  },
  {
    mistake: "proxy-upstream-unknown: a host",
    planted: { "gateway/nginx.conf": [["http://comments:", "http://coments:"]] },
    finds: "proxy-upstream-unknown",
    at: "«./gateway/nginx.conf»:",
    fix: "Replace coments with comments in ./gateway/nginx.conf",
    kind: "unsafe",
  },
  {
    mistake: "proxy-upstream-unknown: a port",
    planted: { "gateway/nginx.conf": [["http://comments:8181", "http://comments:8080"]] },
    finds: "proxy-upstream-unknown",
    at: "«./gateway/nginx.conf»:",
    fix: "Replace 8080 with 8181 in ./gateway/nginx.conf",
    kind: "unsafe",
  },
  {
    mistake: "host-port-clash",
    planted: postsWith(`    ports: ["127.0.0.1:8000:8080"]
`),
    finds: "host-port-clash",
    at: '[«"127.0.0.1:8000:8080"»]',
    fix: "Publish it at port 8001",
    kind: "unsafe",
    fixed: postsWith(`    ports: ["127.0.0.1:8001:8080"]
`),
  },
  {
    mistake: "bind-source-missing: the file is gone",
    planted: { "database/init.sql": undefined },
    finds: "bind-source-missing",
    at: "«./database/init.sql»:",
    fix: "Create ./database/init.sql",
    kind: "unsafe",
    fixed: { "database/init.sql": "" },
  },
  {
    mistake: "bind-source-missing: a slip",
    planted: inCompose(["./database/init.sql", "./database/int.sql"]),
    finds: "bind-source-missing",
    at: "«./database/int.sql»:",
    fix: "Mount ./database/init.sql instead",
    kind: "unsafe",
  },
  {
    mistake: "mount-hides-artifact",
    planted: {
      Dockerfile: [
        ["/out/posts /posts", "/out/posts /app/posts"],
        [`CMD ["/posts"`, `CMD ["/app/posts"`],
        [`ENTRYPOINT ["/posts"]`, `ENTRYPOINT ["/app/posts"]`],
      ],
      ...postsWith("    volumes:\n      - .:/app\n"),
    },
    finds: "mount-hides-artifact",
    at: "- «.:/app»",
    fix: "Do not mount . there",
    kind: "unsafe",
    fixed: {
      Dockerfile: [
        ["/out/posts /posts", "/out/posts /app/posts"],
        [`CMD ["/posts"`, `CMD ["/app/posts"`],
        [`ENTRYPOINT ["/posts"]`, `ENTRYPOINT ["/app/posts"]`],
      ],
    },
  },
  {
    mistake: "build: a context that is not there",
    planted: inCompose([
      "      context: .\n      target: posts\n",
      "      context: ./cdm\n      dockerfile: ../Dockerfile\n      target: posts\n",
    ]),
    finds: "build-context-missing",
    at: "context: «./cdm»",
    fix: "Replace ./cdm with ./cmd",
    kind: "safe",
    fixed: inCompose([
      "      context: .\n      target: posts\n",
      "      context: ./cmd\n      dockerfile: ../Dockerfile\n      target: posts\n",
    ]),
  },
  {
    mistake: "build: a Dockerfile that is not there",
    planted: inCompose(["      target: posts\n", "      dockerfile: Dockerfle\n      target: posts\n"]),
    finds: "dockerfile-missing",
    at: "dockerfile: «Dockerfle»",
    fix: "Replace Dockerfle with Dockerfile",
    kind: "safe",
    fixed: inCompose(["      target: posts\n", "      dockerfile: Dockerfile\n      target: posts\n"]),
  },
  {
    mistake: "build: a target that is no stage",
    planted: inCompose(["      target: posts\n", "      target: post\n"]),
    finds: "build-target-unknown",
    at: "target: «post»",
    fix: "Replace post with posts",
    kind: "safe",
  },
  {
    mistake: "build: an argument that the Dockerfile does not declare",
    planted: {
      Dockerfile: [
        ["COPY . .\n", "COPY . .\nARG TAGS\n"],
        ["-o /out/posts", "-tags=${TAGS} -o /out/posts"],
      ],
      "compose.yaml": [["      target: posts\n", "      target: posts\n      args: { TAG: trace }\n"]],
    },
    finds: "undeclared-build-argument",
    at: "«TAG»: trace",
    fix: "Replace TAG with TAGS",
    kind: "safe",
    fixed: {
      Dockerfile: [
        ["COPY . .\n", "COPY . .\nARG TAGS\n"],
        ["-o /out/posts", "-tags=${TAGS} -o /out/posts"],
      ],
      "compose.yaml": [["      target: posts\n", "      target: posts\n      args: { TAGS: trace }\n"]],
    },
  },
  {
    mistake: "port-not-exposed",
    planted: postsWith(`    ports: ["127.0.0.1:8080:8081"]
`),
    finds: "port-not-exposed",
    at: '[«"127.0.0.1:8080:8081"»]',
    fix: "Publish the port 8080 instead",
    kind: "unsafe",
    fixed: postsWith(`    ports: ["127.0.0.1:8080:8080"]
`),
  },
  {
    mistake: "missing-restart",
    planted: inCompose(["18-alpine\n    restart: unless-stopped\n", "18-alpine\n"]),
    asked: ["missing-restart"],
    finds: "missing-restart",
    at: "  «db»:\n    image",
    fix: "Start it again unless it was stopped",
    kind: "unsafe",
    fixed: inCompose(
      ["18-alpine\n    restart: unless-stopped\n", "18-alpine\n"],
      [healthcheck, `${healthcheck}    restart: unless-stopped\n`],
    ),
  },
  {
    mistake: "missing-init",
    planted: inCompose([startOfPosts, startOfPosts.replace("    init: true\n", "")]),
    asked: ["missing-init"],
    finds: "missing-init",
    at: "  «posts»:\n    build",
    fix: "Start an init before it",
    kind: "unsafe",
    fixed: inCompose(
      [startOfPosts, startOfPosts.replace("    init: true\n", "")],
      [endOfPosts, `${endOfPosts}    init: true\n`],
    ),
  },
  {
    mistake: "missing-limits",
    planted: inCompose(...limits),
    asked: ["missing-limits"],
    finds: "missing-limits",
    at: "  «db»:\n    image",
    fix: "Limit its memory to 512 MB",
    kind: "unsafe",
    fixed: inCompose(...limits, [healthcheck, `${healthcheck}    mem_limit: 512m\n`]),
  },
  {
    mistake: "obsolete version",
    planted: inCompose(["name: blog\n", `version: "3.9"\nname: blog\n`]),
    finds: "obsolete-version",
    at: "«version»:",
    fix: "Remove version",
    kind: "safe",
  },
  {
    mistake: "container_name",
    planted: inCompose(["18-alpine\n", "18-alpine\n    container_name: db\n"]),
    asked: ["fixed-container-name"],
    finds: "fixed-container-name",
    at: "container_name: «db»",
    fix: "Remove container_name",
    kind: "unsafe",
  },
  {
    mistake: "links",
    planted: postsWith("    links: [db]\n"),
    finds: "obsolete-links",
    at: "links: [«db»]",
    fix: "Remove the link to db",
    kind: "safe",
  },
  {
    mistake: "the specification: a key that is not there",
    planted: inCompose(["retries: 10", "retrys: 10"]),
    finds: "unknown-key",
    at: "«retrys»",
    fix: "Replace retrys with retries",
    kind: "safe",
  },
  {
    mistake: "the specification: a text for a list",
    planted: inCompose([
      `    ports:
      - "127.0.0.1:8000:80"`,
      `    ports: "127.0.0.1:8000:80"`,
    ]),
    finds: "wrong-type",
    at: 'ports: «"127.0.0.1:8000:80"»',
    fix: "Make it a list",
    kind: "safe",
    fixed: inCompose([
      `    ports:
      - "127.0.0.1:8000:80"`,
      `    ports: ["127.0.0.1:8000:80"]`,
    ]),
  },
  {
    mistake: "the specification: a value that is none",
    planted: inCompose([
      "comments:\n        condition: service_healthy",
      "comments:\n        condition: service_helthy",
    ]),
    finds: "unknown-value",
    at: "«service_helthy»",
    fix: "Replace service_helthy with service_healthy",
    kind: "safe",
  },
];

/** A part of a text: offsets. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Files of the example with changes made, by path. */
export function changed(
  files: Readonly<Record<string, string>>,
  changes: Changes = {},
): Record<string, string> {
  const result: Record<string, string> = { ...files };
  for (const [path, change] of Object.entries(changes)) {
    if (change === undefined) delete result[path];
    else result[path] = typeof change === "string" ? change : replaced(files[path] ?? "", change);
  }
  return result;
}

function replaced(text: string, replacements: Replacements): string {
  return replacements.reduce((before, [part, by]) => {
    if (before.split(part).length !== 2) throw new Error(`not there once: ${part}`);
    return before.replace(part, () => by);
  }, text);
}

/** Editors are told of what a fix may do besides, behind its title. */
export function isFixOf({ fix }: Planting, title: string): boolean {
  return title === fix || title.startsWith(`${fix} (`);
}

/** Where the finding is to stand in the planted `compose.yaml`. */
export function placesOf({ at }: Planting, text: string): readonly Place[] {
  return [at].flat().map((marked) => {
    const part = marked.replace(/[«»]/g, "");
    if (text.split(part).length !== 2) throw new Error(`not there once: ${part}`);
    const start = text.indexOf(part) + marked.indexOf("«");
    return { start, end: start + marked.indexOf("»") - marked.indexOf("«") - 1 };
  });
}
