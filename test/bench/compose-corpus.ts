/**
 * A realistic Compose file of `services` services: an API with its database and worker, a cache, a proxy, with health checks,
 * conditions, networks, volumes and variables. With `anchors` the services share a fragment. The same numbers give the same
 * text.
 */
export function generateCompose(services: number, anchors = false): string {
  const written = Array.from({ length: services }, (_, at) => serviceLines(at, anchors).join("\n"));
  const volumes = Array.from({ length: services }, (_, at) => at).filter((it) => it % 5 === 1);
  return [
    "name: shop",
    "",
    ...(anchors ? SHARED : []),
    "services:",
    ...written.map((it) => `${it}\n`),
    "networks:",
    "  front:",
    "  back:",
    "    internal: true",
    ...(volumes.length > 0 ? ["", "volumes:", ...volumes.map((it) => `  data-${it}:`)] : []),
    "",
  ].join("\n");
}

const SHARED = [
  "x-common: &common",
  "  restart: unless-stopped",
  "  logging:",
  "    driver: json-file",
  "    options:",
  "      max-size: 10m",
  "",
];

function serviceLines(at: number, anchors: boolean): readonly string[] {
  const group = at - (at % 5);
  const common = anchors ? ["    <<: *common"] : ["    restart: unless-stopped"];
  switch (at % 5) {
    case 0:
      return [
        `  api-${at}:`,
        `    image: "ghcr.io/example/api:1.${at}"`,
        ...common,
        "    environment:",
        `      DATABASE_URL: "postgres://app:\${DB_PASSWORD}@db-${group + 1}:5432/app"`,
        "      REDIS_HOST: cache",
        `      LISTEN: ":8080" # inside`,
        `      LOG_LEVEL: \${LOG_LEVEL:-info}`,
        "    ports:",
        `      - "127.0.0.1:${10_000 + at}:8080"`,
        "    depends_on:",
        `      db-${group + 1}:`,
        "        condition: service_healthy",
        "    networks: [front, back]",
        "    healthcheck:",
        `      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://localhost:8080/health"]`,
        "      interval: 10s",
        "      timeout: 3s",
        "      retries: 5",
      ];
    case 1:
      return [
        `  db-${at}:`,
        "    image: postgres:18-alpine",
        ...common,
        "    environment:",
        "      - POSTGRES_USER=app",
        "      - POSTGRES_DB=app",
        `      - POSTGRES_PASSWORD=\${DB_PASSWORD}`,
        "    volumes:",
        `      - data-${at}:/var/lib/postgresql`,
        "    networks: [back]",
        "    healthcheck:",
        `      test: ["CMD-SHELL", "pg_isready -U app"]`,
        "      interval: 5s",
      ];
    case 2:
      return [
        `  worker-${at}:`,
        "    build:",
        `      context: ./worker-${at}`,
        "      args:",
        "        VERSION: 1.4.2",
        ...common,
        "    command: >-",
        `      bin/work --queue jobs-${at}`,
        "      --threads 4",
        "    environment:",
        `      DATABASE_URL: "postgres://app:\${DB_PASSWORD}@db-${group + 1}:5432/app"`,
        "    networks: [back]",
        "    deploy:",
        "      resources:",
        "        limits:",
        "          cpus: '0.50'",
        "          memory: 512M",
      ];
    case 3:
      return [
        `  # The ${at}th one.`,
        `  cache-${at}:`,
        "    image: redis:8",
        ...common,
        `    command: ["redis-server", "--save", "60", "1"]`,
        "    networks:",
        "      back:",
        `        aliases: [cache-of-${group}]`,
        "    tmpfs: /data",
      ];
    default:
      return [
        `  proxy-${at}:`,
        "    image: nginx:1.30-alpine",
        ...common,
        `    ports: ["${20_000 + at}:80"]`,
        "    volumes:",
        "      - type: bind",
        `        source: ./proxy-${at}.conf`,
        "        target: /etc/nginx/conf.d/default.conf",
        "        read_only: true",
        `    depends_on: [api-${group}]`,
        "    networks: [front]",
        "    labels:",
        `      com.example.team: "team-${at % 7}"`,
      ];
  }
}
