// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refactorings } from "../../server/src/features/refactor/all.ts";
import type { Refactored } from "../../server/src/features/refactor/refactor.ts";
import { commandLineEnvironment } from "../setup/engine.ts";
import { output } from "../setup/programs.ts";
import { everyOffer, take } from "../support/refactor.ts";

/** Something for each refactoring to do. */
const project = `name: plimsoll-refactorings
services:
  web: # the site
    build: .
    env_file: a.env
    ports: ["127.0.0.1:8080:80/udp", "3000-3005:81", "[::1]:9:9", 22]
    volumes:
      - ./conf:/etc/web:ro # settings
      - data:/data:nocopy
      - /cache
      - ~/.config:/config:z,rslave
    labels: ["a=b", "traefik.http.routers.web.rule=Host(\`a.b\`)", flag]
    networks: [front, back]
    depends_on: [db, cache]
    secrets: [key]
    configs: [conf]
    logging: {driver: json-file, options: {max-size: 10m}}
  api:
    build:
      context: ./api
    environment:
      - MODE=production # not dev
      - PORT=8080
      - "GREETING=hello: world"
      - 'QUOTED=it''s'
      - EMPTY=
      - ON=on
      - OCTAL=0777
      - DATE=2024-01-01
      - FLOAT=1.0
      - ADDRESS=127.0.0.1:80
      - COST=$\${5}
    ports:
      - target: 80
        published: "8081"
        host_ip: 127.0.0.1
      - {target: 443, protocol: udp, published: 8443}
    volumes:
      - type: bind
        source: conf
        target: /etc/api
        read_only: true
        bind: {create_host_path: true, propagation: rslave}
      - {type: volume, source: data, target: /data, volume: {nocopy: true}}
    networks: {front: , back: {}}
    depends_on:
      db: {condition: service_started}
    secrets: [{source: key}]
    configs: [{source: conf}]
    env_file: [{path: a.env}]
    logging:
      driver: json-file
      options:
        max-size: "10m"
  db:
    image: postgres:18
    environment: {POSTGRES_PASSWORD: s3cr3t, COUNT: 5, SWITCH: true, BIG: 123456789, RATIO: 0.25, TEXT: "a # b", FROM_SHELL: }
    logging: {driver: json-file, options: {max-size: 10m}, }
  cache:
    <<: *worker
    image: redis:8
    restart: "no"
    environment: {TOKEN: "x $\${y}", API_TOKEN: abc}
  worker:
    image: redis:8
    environment:
      # how
      MODE: "a 'b' c"
      PORT: 80
    ulimits: *limits
  short:
    image: busybox:1
    command: sleep 60 # a minute
    entrypoint: "sh -c 'exec \\"$$@\\"' --"
    healthcheck: {test: "wget -q -O- http://localhost/ || exit 1", interval: 5s}
    extra_hosts: ["one=192.0.2.1", "two:192.0.2.2"]
    dns: 192.0.2.53
    tmpfs: /run
    devices: ["/dev/null:/dev/nothing:rw", /dev/zero]
    sysctls: ["net.core.somaxconn=1024"]
    ulimits: {nofile: 1000, nproc: 65}
  long:
    image: busybox:1
    command: [sleep, "60"]
    entrypoint: ["sh", "-c", 'exec "$$@"', "--"]
    healthcheck:
      test: [CMD-SHELL, "wget -q -O- http://localhost/ || exit 1"]
    extra_hosts: {one: 192.0.2.1, two: 192.0.2.2}
    dns: [192.0.2.53]
    dns_search: [example.com]
    tmpfs: [/run]
    devices:
      - {source: /dev/null, target: /dev/nothing, permissions: rw}
    sysctls: {net.core.somaxconn: 1024}
    ulimits: {nofile: {soft: 1000, hard: 1000}}
networks: {front: , back: }
volumes: {data: }
secrets: {key: {file: ./key}}
configs: {conf: {file: ./conf.txt}}
`.replace(
  "services:",
  `x-worker: &worker
  restart: always
  init: true
  ulimits:
    nofile:
      soft: 20
      hard: 40
x-limits: &limits
  nproc: 100
services:`,
);

/** Where services extend others, or files are included, there are fewer offers. */
const including = `name: plimsoll-including
include: [inner.yaml, {path: other.yaml}]
services:
  base: {image: "busybox:1"}
  api: {extends: base}
  web: {extends: {service: base}}
`;

describe("docker compose config says the same before and after", () => {
  let folder = "";
  const config = async (text: string, files: Readonly<Record<string, string>>): Promise<unknown> => {
    writeFileSync(path.join(folder, "compose.yaml"), text);
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    const { stdout } = await run();
    for (const name of Object.keys(files)) rmSync(path.join(folder, name));
    return meaning(JSON.parse(stdout));
  };
  const run = async () => ({
    stdout: await output("docker", ["compose", "--profile", "*", "config", "--format", "json"], {
      cwd: folder,
      env: { ...process.env, ...commandLineEnvironment(), HOME: folder },
    }),
  });

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "plimsoll-refactorings-")));
    for (const name of ["inner", "other"])
      writeFileSync(path.join(folder, `${name}.yaml`), `services: {${name}: {image: "busybox:1"}}\n`);
    for (const name of ["a.env", "key", "conf.txt"])
      writeFileSync(path.join(folder, name), name === "a.env" ? "MODE=file\n" : "x");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const around = { absent: ["web.env", "api.env", "db.env", "worker.env", "cache.env"] };

  test("for one example of each, and more", { timeout: 300_000 }, async () => {
    const seen = new Set<string>();
    for (const written of [project, including]) {
      const before = await config(written, {});
      for (const offer of everyOffer(written, around).filter(isSame)) {
        seen.add(offer.id);
        const { text, files } = take(written, offer);
        expect(await config(text, files), `${offer.title}\n${text}`).toEqual(before);
      }
    }
    expect(refactorings.map((it) => it.id).filter((it) => !seen.has(it) && !adding.has(it))).toEqual([]);
  });
});

/** These add something: what they leave is held by the unit tests. */
const adding = new Set(["declare", "health"]);
const isSame = ({ id, title }: Refactored) => !adding.has(id) && !/into a secret/.test(title);

/** Without what is not run, and what is as good as not written. A variable without a value is one that the shell gives. */
function meaning(value: unknown, of = ""): unknown {
  if (Array.isArray(value)) return value.map((it) => meaning(it));
  // One number is both limits.
  if (of === "limit" && typeof value === "number") return { soft: value, hard: value };
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !key.startsWith("x-"))
    .map(([key, it]) => [key, meaning(it, of === "ulimits" ? "limit" : key)] as const);
  return Object.fromEntries(entries.filter(([, it]) => of === "environment" || !isEmpty(it)));
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}
