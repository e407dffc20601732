import { Random } from "./random.ts";
import { withTextSlip, yamlText } from "./random-yaml.ts";

/** A value of a Compose file: a scalar as it is written, `null` for nothing behind the colon. */
export type Written = string | null | readonly Written[] | { readonly [key: string]: Written };

type Mapping = Record<string, Written>;

/** Whoever starts such a project needs no other image. */
export const RANDOM_IMAGE = "alpine:3.24";

/**
 * A small project that somebody might have written, and now and then a slip in it: the texts of its files by path. The same seed gives
 * the same project.
 */
export function randomCompose(seed: number): Readonly<Record<string, string>> {
  const random = new Random(seed);
  const project = new Project(random);
  const files: Record<string, string> = { ...AROUND };
  const write = (file: Mapping) => {
    const slipped = random.is(0.2) ? withSlip(file, random) : file;
    const text = yamlText(slipped, random);
    return random.is(0.1) ? withTextSlip(text, random) : text;
  };
  files["compose.yaml"] = write(project.main());
  if (random.is(0.2)) files["compose.override.yaml"] = write(project.override());
  if (project.extendsOther) files["common.yaml"] = write(project.common());
  if (random.is(0.6)) files[".env"] = `${random.some(DOTENV, 0.6).join("\n")}\n`;
  return files;
}

const DOCKERFILE = `FROM ${RANDOM_IMAGE} AS base
ARG GREETING=hi
RUN adduser -D app
WORKDIR /app
COPY run.sh /app/run.sh
FROM base AS run
USER app
CMD ["/app/run.sh"]
FROM base AS tools
`;

/** What the files of each project name. */
const AROUND = {
  "api/Dockerfile": DOCKERFILE,
  "api/Dockerfile.dev": DOCKERFILE.replace("USER app\n", ""),
  "api/run.sh": "#!/bin/sh\nexec sleep 300\n",
  "app.env": 'MODE=test\nNAME="two words"\nLEVEL_SEEN=$LEVEL\n',
  "conf/app.conf": "a = 1\n",
  "conf/extra.env": "EXTRA=1\n",
  "token.txt": "t\n",
} as const;

const DOTENV = [
  "TAG=3.24",
  "LEVEL=info",
  "PORT=38085",
  "GREETING='hello there'",
  "DATA=/data",
  "TOKEN=x",
  "COUNT=2",
];

const NAMES = "api web worker db cache jobs".split(" ");

class Project {
  extendsOther = false;
  private readonly random: Random;
  private readonly names: readonly string[];
  private readonly used = {
    volumes: new Set<string>(),
    networks: new Set<string>(),
    secrets: new Set<string>(),
    configs: new Set<string>(),
  };
  private readonly anchors: string[] = [];

  constructor(random: Random) {
    this.random = random;
    const first = random.below(NAMES.length);
    const count = 1 + random.below(3);
    this.names = Array.from({ length: count }, (_, at) => NAMES[(first + at) % NAMES.length] as string);
  }

  main(): Mapping {
    const { random } = this;
    const file: Mapping = {};
    if (random.is(0.15)) file["version"] = '"3.8"';
    if (random.is(0.2)) file["name"] = random.of(["demo", "demo-${LEVEL:-x}"]);
    if (random.is(0.2)) {
      file["x-common"] = { "&": "common", restart: '"no"', labels: { part: "common" } };
      this.anchors.push("common");
    }
    if (random.is(0.15)) {
      file["x-env"] = { "&": "env", LOG: "${LEVEL:-warn}", ZONE: "UTC" };
      this.anchors.push("env");
    }
    file["services"] = Object.fromEntries(this.names.map((it, at) => [it, this.service(it, at)]));
    return { ...file, ...this.sections() };
  }

  override(): Mapping {
    const { random } = this;
    const name = random.of(this.names);
    const other = random.is(0.1) ? { extra: { image: RANDOM_IMAGE, command: "sleep 300" } } : {};
    const service: Mapping = Object.fromEntries(
      random.some(
        [
          ["environment", this.environment()],
          ["command", random.of(COMMANDS)],
          ["ports", random.of([this.ports(), "!override", "!reset []", "!reset null"])],
          ["volumes", this.volumes()],
          ["labels", random.of(LABELS)],
          ["healthcheck", random.of(CHECKS)],
          ["restart", "always"],
          ["networks", ["default"]],
        ] as const,
        0.3,
      ),
    );
    return { services: { [name]: service, ...other }, ...(random.is(0.5) ? this.sections() : {}) };
  }

  common(): Mapping {
    return {
      services: {
        base: {
          image: RANDOM_IMAGE,
          command: this.random.of(COMMANDS),
          environment: this.environment(),
          ...(this.random.is(0.3) && { volumes: ["./conf:/etc/common:ro"] }),
          ...(this.random.is(0.2) && { ports: ['"38090:90"'] }),
        },
      },
    };
  }

  private service(name: string, at: number): Mapping {
    const { random } = this;
    const others = this.names.filter((it) => it !== name);
    const earlier = this.names.slice(0, at);
    const service: Mapping = {};
    if (this.anchors.includes("common") && random.is(0.6)) service["<<"] = "*common";
    if (random.is(0.12)) {
      this.extendsOther = true;
      service["extends"] = random.of<Written>([
        { file: "common.yaml", service: "base" },
        { file: "./common.yaml", service: "base" },
      ]);
    } else if (earlier.length > 0 && random.is(0.08))
      service["extends"] = random.of<Written>([random.of(earlier), { service: random.of(earlier) }]);
    else if (random.is(0.25)) service["build"] = random.of(BUILDS);
    else
      service["image"] = random.of([
        RANDOM_IMAGE,
        RANDOM_IMAGE,
        '"alpine:${TAG:-3.24}"',
        "alpine:${TAG-3.24}",
      ]);
    if (service["build"] && random.is(0.2)) service["image"] = `demo/${name}:dev`;
    const add = (share: number, key: string, make: () => Written) => {
      if (random.is(share)) service[key] = make();
    };
    add(0.8, "command", () => random.of(COMMANDS));
    add(0.08, "entrypoint", () => random.of(ENTRYPOINTS));
    add(0.55, "environment", () => this.environment());
    add(0.2, "env_file", () => random.of(ENV_FILES));
    add(0.4, "ports", () => this.ports());
    add(0.45, "volumes", () => this.volumes());
    add(0.3, "networks", () => this.networks());
    if (earlier.length > 0 || random.is(0.05))
      add(others.length > 0 ? 0.5 : 0, "depends_on", () =>
        this.dependencies(earlier.length > 0 && random.is(0.97) ? earlier : others),
      );
    add(0.35, "healthcheck", () => random.of(CHECKS));
    add(0.25, "secrets", () => this.grants("secrets", "token"));
    add(0.2, "configs", () => this.grants("configs", "app"));
    add(0.15, "profiles", () => random.of<Written>([["tools"], ["debug", "tools"]]));
    add(0.25, "deploy", () => random.of(DEPLOY));
    for (const [key, values] of Object.entries(SIMPLE)) add(0.07, key, () => random.of(values));
    for (const [key, values] of Object.entries(SLIPS)) add(0.004, key, () => random.of(values));
    if (random.is(0.9)) for (const [key, other] of EXCLUSIVE) if (service[other]) delete service[key];
    return random.is(0.3) ? shuffled(service, random) : service;
  }

  private environment(): Written {
    const { random } = this;
    const entries = random.some(VARIABLES, 0.25).map((it) => [it, random.of(VALUES)] as const);
    if (random.is(0.35))
      return entries.map(([key, value]) =>
        value === null ? key : value.startsWith('"') ? `"${key}=${value.slice(1)}` : `${key}=${value}`,
      );
    const merged = this.anchors.includes("env") && random.is(0.5) ? { "<<": "*env" } : {};
    return { ...merged, ...Object.fromEntries(entries) };
  }

  private ports(): Written {
    return this.random.several(PORTS, 2);
  }

  private volumes(): Written {
    const mounts = this.random.several(MOUNTS, 2);
    for (const it of mounts) {
      const name =
        typeof it === "string"
          ? /^"?(data|cache)\b/.exec(it)?.[1]
          : (it as Mapping)["type"] === "volume"
            ? "data"
            : undefined;
      if (name) this.used.volumes.add(name);
    }
    return mounts;
  }

  private networks(): Written {
    const { random } = this;
    const names = random.several(["front", "back", "default"], 2);
    for (const it of names) if (it !== "default") this.used.networks.add(it);
    if (random.is(0.6)) return names;
    return Object.fromEntries(
      names.map((it) => [it, random.of<Written>([null, { aliases: ["other"] }, { priority: "10" }])]),
    );
  }

  private dependencies(on: readonly string[]): Written {
    const { random } = this;
    const names = random.several(on, 2);
    if (random.is(0.4)) return names;
    return Object.fromEntries(
      names.map((it) => [
        it,
        {
          condition: random.of([
            "service_started",
            "service_healthy",
            "service_healthy",
            "service_completed_successfully",
          ]),
          ...(random.is(0.15) && { restart: "true" }),
          ...(random.is(0.15) && { required: "false" }),
        },
      ]),
    );
  }

  private grants(kind: "secrets" | "configs", name: string): Written {
    this.used[kind].add(name);
    const target = kind === "secrets" ? "token" : "/etc/app.conf";
    return this.random.of<Written>([
      [name],
      [{ source: name, target }],
      [{ source: name, target, mode: "0440" }],
      [name],
    ]);
  }

  /** What the services use, and rarely a thing more or less. */
  private sections(): Mapping {
    const { random } = this;
    const declared = (kind: keyof typeof this.used, more: string) => [
      ...[...this.used[kind]].filter(() => random.is(0.97)),
      ...(random.is(0.04) ? [more] : []),
    ];
    const section = (kind: keyof typeof this.used, more: string, forms: readonly Written[]) => {
      const names = declared(kind, more);
      return names.length === 0
        ? {}
        : { [kind]: Object.fromEntries(names.map((it) => [it, random.of(forms)])) };
    };
    return {
      ...section("volumes", "spare", [null, null, {}, { driver: "local" }, { labels: ["a=b"] }]),
      ...section("networks", "spare", [
        null,
        null,
        { driver: "bridge" },
        { internal: "true" },
        { name: "demo-${LEVEL:-net}" },
      ]),
      ...section("secrets", "spare", [
        { file: "./token.txt" },
        { file: "token.txt" },
        { environment: "TOKEN" },
        { file: "./missing.txt" },
      ]),
      ...section("configs", "spare", [
        { file: "./conf/app.conf" },
        { content: '"level = ${LEVEL:-info}"' },
        { environment: "LEVEL" },
      ]),
    };
  }
}

const BUILDS: readonly Written[] = [
  "./api",
  "api",
  { context: "./api" },
  { context: "./api", target: "run" },
  { context: "api", dockerfile: "Dockerfile.dev", args: { GREETING: "ho" } },
  { context: "./api", target: "tools", args: ["GREETING=${GREETING:-ho}"] },
  { dockerfile_inline: `"FROM ${RANDOM_IMAGE}\\nUSER nobody\\n"` },
];

const COMMANDS: readonly Written[] = [
  "sleep 300",
  "sleep 300",
  ["sleep", '"300"'],
  ["sh", "-c", '"exec sleep 300"'],
  'sh -c "sleep 300"',
  "sh -c 'echo $$HOSTNAME; exec sleep 300'",
  ["tail", "-f", "/dev/null"],
  "echo ${GREETING:-done}",
  ["echo", "done"],
  '"true"',
];

const ENTRYPOINTS: readonly Written[] = ['["sh", "-c"]', "[]", '""', ["/bin/sh"], "sh -c", ["sleep"]];

const VARIABLES = "LOG_LEVEL PORT GREETING DB_HOST API_TOKEN MODE DEBUG EMPTY".split(" ");

const VALUES: readonly (string | null)[] = [
  "info",
  "${LEVEL:-info}",
  "${LEVEL}",
  '"${PORT:-8080}"',
  "$PORT",
  "8080",
  '"true"',
  "1.10",
  '""',
  null,
  "$$HOME",
  "${UNKNOWN:+set}",
  "${LEVEL:-${OTHER:-deep}}",
  "\"${LEVEL:-'quoted'}\"",
  "a b c",
  "http://api:8080/",
];

const ENV_FILES: readonly Written[] = [
  "app.env",
  "./app.env",
  ["app.env", "conf/extra.env"],
  [{ path: "./app.env", required: "false" }],
  [{ path: "./other.env", required: "false" }],
];

const PORTS: readonly Written[] = [
  '"38081:80"',
  '"38082:80"',
  "38083:8080",
  '"127.0.0.1:38084:80"',
  '"80"',
  "8080",
  '"${PORT:-38086}:80"',
  '"38087-38088:90-91"',
  '"38089:53/udp"',
  { target: "80", published: '"38091"', protocol: "tcp" },
  { target: "81", published: "38092", host_ip: "127.0.0.1", mode: "host" },
];

const MOUNTS: readonly Written[] = [
  "data:/data",
  "data:/var/lib/app:ro",
  "cache:${DATA:-/data}/cache",
  "./conf:/etc/app:ro",
  '"./conf/app.conf:/etc/app.conf"',
  "./conf/app.conf:/etc/app.conf:ro",
  "/anonymous",
  "./made:/srv/made",
  { type: "volume", source: "data", target: "/store", read_only: "true" },
  { type: "bind", source: "./conf", target: "/c" },
  { type: "bind", source: "./absent", target: "/absent" },
  // At the place of another one.
  "cache:/store",
  '"data:/scratch"',
  { type: "tmpfs", target: "/scratch", tmpfs: { size: "1m" } },
];

const CHECKS: readonly Written[] = [
  { test: ["CMD", '"true"'], interval: "1s", retries: "2" },
  { test: ["CMD-SHELL", '"test -d / || exit 1"'], interval: "1s" },
  { test: '"exit 0"', interval: "500ms", timeout: "2s", start_period: "0s" },
  { test: ["NONE"] },
  { disable: "true" },
];

const LABELS: readonly Written[] = [
  { a: "b", "com.example.on": '"true"' },
  ["a=b", "c"],
  { on: "true", n: "3" },
];

const DEPLOY: readonly Written[] = [
  { replicas: "2" },
  { replicas: "${COUNT:-1}" },
  { resources: { limits: { cpus: '"0.5"', memory: "64M" } } },
  { resources: { limits: { cpus: "0.5", pids: "50" } } },
  { restart_policy: { condition: "on-failure", max_attempts: "2" } },
];

/** Keys that stand for themselves. */
const SIMPLE: Readonly<Record<string, readonly Written[]>> = {
  restart: ["always", "unless-stopped", '"no"', "no", "on-failure:3"],
  user: ["nobody", '"1000:1000"', "1000", "${UID:-1000}:${GID:-1000}"],
  working_dir: ["/app", "/srv/made"],
  tmpfs: ["/tmp", ["/run", "/tmp:size=1m"]],
  init: ["true"],
  tty: ["true"],
  stdin_open: ["true"],
  read_only: ["true"],
  hostname: ["box"],
  container_name: ["random-compose-a", "random-compose-b"],
  labels: LABELS,
  extra_hosts: [["other:127.0.0.1"], { other: "127.0.0.1" }, ["host.docker.internal:host-gateway"]],
  dns: ["1.1.1.1", ["1.1.1.1", "8.8.8.8"]],
  cap_add: [["NET_ADMIN"], ["CAP_SYS_TIME"]],
  cap_drop: [["ALL"], ["all"]],
  security_opt: [["no-new-privileges:true"], ["no-new-privileges"]],
  ulimits: [{ nofile: "1024" }, { nofile: { soft: "1024", hard: "2048" } }],
  sysctls: [{ "net.core.somaxconn": "1024" }, ["net.core.somaxconn=1024"]],
  shm_size: ["64m", "64mb"],
  mem_limit: ["64m", "128M", "1gb"],
  cpus: ["0.5", '"0.5"'],
  stop_signal: ["SIGINT", "INT"],
  stop_grace_period: ["1s", "1m30s"],
  logging: [
    { driver: "json-file", options: { "max-size": '"1m"' } },
    { driver: "json-file", options: { "max-file": '"3"' } },
  ],
  network_mode: ["host", "none", "bridge"],
  pull_policy: ["never", "missing", "if_not_present"],
  platform: ["linux/amd64"],
  expose: [['"80"'], ["8080"], ["80-90"]],
  group_add: [["users"], ["1000"]],
  scale: ["2"],
  annotations: [{ a: "b" }],
  develop: [
    { watch: [{ path: "./api", action: "rebuild" }] },
    { watch: [{ path: "./api", action: "sync", target: "/app" }] },
  ],
  post_start: [[{ command: "echo started" }]],
};

/** The first is left out where the second is there. */
const EXCLUSIVE: readonly (readonly [string, string])[] = [
  ["network_mode", "networks"],
  ["scale", "deploy"],
  ["mem_limit", "deploy"],
  ["cpus", "deploy"],
  ["container_name", "deploy"],
  ["container_name", "scale"],
];

/** What people write by mistake, by key. */
const SLIPS: Readonly<Record<string, readonly Written[]>> = {
  build: [
    { context: "./api", target: "runn" },
    { context: "./missing" },
    { context: "./api", dockerfile: "Dockerfile.prod" },
  ],
  command: [
    '["sleep 300"]',
    'bash -c "sleep 300"',
    ["bash", "-c", '"sleep 300"'],
    "./run.sh --flag",
    "sleep 300 && echo more",
    'sh -c "sleep 300',
    "sleep $SECONDS_TO_SLEEP",
    "npm start",
  ],
  entrypoint: [["python3", "-m", "http.server"], ['"sleep 300"'], ["/app/run.sh"]],
  env_file: ["./missing.env", ["app.env", "app.env"], ["app.env", { path: "./missing.env" }]],
  ports: [
    ['"38081:80/http"'],
    ['"80:http"'],
    ['"38093:80-81"'],
    ["22:22"],
    [{ published: "38094" }],
    '"38094:80"',
    ['"38095:80"', '"38095:81"'],
  ],
  volumes: [
    ["./conf:etc"],
    ["data:/data:rw:z"],
    ["./conf/app.conf:/etc"],
    ["./conf:/etc/passwd"],
    [{ type: "bind", target: "/c" }],
    [{ type: "bind", source: "./absent", target: "/c", bind: { create_host_path: "false" } }],
    ["./conf:/c", "./api:/c"],
    "./conf:/c",
    ["date:/data"],
  ],
  networks: [["fornt"], { default: { ipv4_address: "10.1.1.300" } }, { default: ["other"] }],
  depends_on: ["database", ["database"], "api", { api: { condition: "healthy" } }, { api: null }],
  healthcheck: [
    { test: ["test", "-d", "/"] },
    { test: ["CMD", '"test -d /"'], interval: "1s", retries: "1" },
    { test: ["CMD", '"true"'], interval: "5" },
    { test: ["CMD", "curl", "-f", '"http://localhost:8080"'], interval: "1s", retries: "1" },
    { test: "curl -f http://localhost/ || exit 1", interval: "1s", retries: "1" },
    { interval: "10s" },
  ],
  secrets: [["tokens"], "token", [{ source: "token", mode: "r" }]],
  configs: [["apps"], [{ target: "/etc/app.conf" }]],
  profiles: ["tools", ["-tools"]],
  deploy: [
    { replicas: "two" },
    { resources: { limits: { memory: "512" } } },
    { resources: { limits: { memory: "64M" }, reservations: { memory: "128M" } } },
    { resources: { limits: { cpu: "0.5" } } },
    { resources: { cpus: "0.5" } },
    { replicas: "-1" },
  ],
  restart: ["allways", "always:3", "on_failure", "true", "never"],
  user: ["app", "1000:nogroup", ["1000"]],
  working_dir: ["app"],
  tmpfs: ["/tmp:size=lots", "tmp", ["/run:mode=x"]],
  init: ['"true"', "yes"],
  hostname: ["box_1", "-box"],
  container_name: ["random compose", "-a"],
  extra_hosts: [["other"], ["other:nowhere"]],
  dns: ["dns.example"],
  cap_add: [["NET_ADMINS"], "NET_ADMIN"],
  cap_drop: ["ALL"],
  security_opt: [["no-new-privilege:true"], "seccomp:unconfined"],
  ulimits: [{ nofile: { soft: "1024" } }, { nofiles: "1024" }, { nofile: { soft: "4096", hard: "2048" } }],
  sysctls: [{ "kernel.hostname": "a" }, ["net.core.somaxconn"]],
  shm_size: ["64 megs", "lots"],
  mem_limit: ["512", "64 q"],
  cpus: ["half", "1000"],
  stop_signal: ["SIGFOO"],
  stop_grace_period: ["1", "soon"],
  logging: [
    { driver: "json-file", options: { "max-size": "1" } },
    { driver: "json", options: {} },
    { options: { "max-file": "3" } },
  ],
  network_mode: ["service:api", "hosts", "container:nobody"],
  pull_policy: ["sometimes", "on"],
  platform: ["linux", "amd64"],
  expose: [["http"], '"80"', ["8080:80"]],
  group_add: [["nogroup"]],
  scale: ["two"],
  links: [["db"], ["cache:redis"]],
  develop: [{ watch: [{ path: "./api", action: "sync" }] }, { watch: [{ action: "rebuild" }] }],
  post_start: [["echo started"], [{ commands: "echo started" }]],
  pid: ["host", "service:api", "private"],
  ipc: ["shareable", "service:api"],
  image: ["Alpine:3.24", '""', "alpine:3.24:x"],
  environment: [
    { PRICE: "5 $", DEBUG: '"1"' },
    { DEBUG: "true" },
    { NAME: "${lower-case}" },
    { WORDS: ["a", "b"] },
    { GREETING: '"${GREETING"' },
    ["GREETING: hello"],
    ["GREETING=a", "GREETING=b"],
    "GREETING=a",
  ],
};

function shuffled(service: Mapping, random: Random): Mapping {
  const entries = Object.entries(service);
  for (let at = entries.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [entries[at], entries[other]] = [entries[other] as [string, Written], entries[at] as [string, Written]];
  }
  return Object.fromEntries(entries);
}

/** One of the mistakes that are made in writing, somewhere in the tree. */
function withSlip(file: Mapping, random: Random): Mapping {
  const places: string[][] = [];
  const collect = (node: Written, path: readonly string[]) => {
    if (path.length > 0) places.push([...path]);
    if (node !== null && typeof node === "object")
      for (const [key, it] of Object.entries(node))
        if (key !== "&" && key !== "<<") collect(it, [...path, key]);
  };
  collect(file, []);
  if (places.length === 0) return file;
  const kind = random.of(["typo", "typo", "gone", "empty", "kind", "wrapped"] as const);
  const changed = (node: Written, path: readonly string[]): Written => {
    const [key = "", ...rest] = path;
    if (node === null || typeof node === "string") return node;
    const entries = Object.entries(node).flatMap(([name, it]): (readonly [string, Written])[] => {
      if (name !== key) return [[name, it]];
      if (rest.length > 0) return [[name, changed(it, rest)]];
      if (kind === "gone") return [];
      if (kind === "empty") return [[name, null]];
      if (kind === "wrapped") return [[name, Array.isArray(it) ? (it[0] as Written) : [it]]];
      if (kind === "kind") return [[name, random.of<Written>(["true", "7", '"text"', { a: "b" }, ["a"]])]];
      if (Array.isArray(node)) return [[name, typeof it === "string" ? misspelt(it, random) : it]];
      return random.is(0.5) || typeof it !== "string"
        ? [[misspelt(name, random), it]]
        : [[name, misspelt(it, random)]];
    });
    return Array.isArray(node) ? entries.map(([, it]) => it) : Object.fromEntries(entries);
  };
  return changed(file, random.of(places)) as Mapping;
}

function misspelt(word: string, random: Random): string {
  const at = random.below(word.length);
  return random.of([
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2),
    word.slice(0, at) + (word[at] ?? "") + word.slice(at),
    word.includes("_") ? word.replace("_", "-") : `${word}s`,
  ]);
}
