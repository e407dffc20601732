import type { ScalarShape, Shape } from "../../model/compose/specification/shape.ts";
import { valueIn } from "../../text/value-in.ts";
import { stopSignals } from "./instructions.ts";

/** Texts that make sense at a place: the only ones there are, or those that come to mind; of a list those of its entries. */
export function suggestionsFor(shape: Shape | undefined): readonly string[] {
  const scalar = shape?.scalar ?? shape?.list?.items.scalar;
  return scalar?.values ?? scalar?.suggestions ?? [];
}

/** A value that can be written somewhere, and what it means. */
export interface ComposeValue {
  readonly value: string;
  readonly summary?: string;
  /** Its text has placeholders in the LSP snippet syntax. */
  readonly snippet?: string;
}

const values = (all: Readonly<Record<string, string>>): readonly ComposeValue[] =>
  Object.entries(all).map(([value, summary]) => ({ value, summary }));

const namespaces = (what: string): readonly ComposeValue[] =>
  values({ host: `The ${what} of the host: takes away a wall between container and host.` });

const limits = values({
  nofile: "Open files.",
  nproc: "Processes of the user.",
  memlock: "Memory that is locked into RAM; `-1` for any amount.",
  core: "Size of core dumps; `0` for none.",
  stack: "Size of the stack.",
  fsize: "Size of a file.",
  rtprio: "Real-time priority.",
});

/** Capabilities of Linux that are asked for most (include/uapi/linux/capability.h, read 2026-11-27). */
const capabilities = values({
  ALL: "Each of them.",
  NET_BIND_SERVICE: "Listen on ports below 1024.",
  NET_ADMIN: "Change interfaces, routes and firewall rules of the container.",
  NET_RAW: "Raw sockets, e.g. for `ping`.",
  CHOWN: "Change the owner of files.",
  DAC_OVERRIDE: "Read and write files of others.",
  FOWNER: "Change what only the owner of a file may.",
  SETUID: "Become another user.",
  SETGID: "Become another group.",
  SETPCAP: "Change capabilities.",
  SYS_ADMIN: "Nearly everything: mounts, namespaces and more.",
  SYS_PTRACE: "Look into other processes, e.g. for debuggers.",
  SYS_NICE: "Change priorities.",
  SYS_TIME: "Set the clock of the host.",
  SYS_RESOURCE: "Go beyond resource limits.",
  SYS_MODULE: "Load modules of the kernel.",
  SYS_CHROOT: "Call `chroot`.",
  IPC_LOCK: "Lock memory.",
  KILL: "Send signals to processes of others.",
  MKNOD: "Make device files.",
  AUDIT_WRITE: "Write to the kernel's audit log.",
  SETFCAP: "Set capabilities of files.",
  BPF: "Load BPF programs.",
  PERFMON: "Measure performance.",
  SYSLOG: "Read the kernel's log.",
});

/** What restart, conditions and the like mean, and what comes to mind where any text may stand; by the way below the service. */
const inService: Readonly<Record<string, readonly ComposeValue[]>> = {
  restart: [
    ...values({
      "unless-stopped": "Always, but not when you stopped it.",
      always: "Whenever it ended, and when the engine starts.",
      "on-failure": "Only when it ended with an error.",
    }),
    { value: "on-failure:5", summary: "Only when it ended with an error, five times at most." },
    ...values({ no: "Never; so it is when nothing is written." }),
  ],
  "depends_on.*.condition": values({
    service_healthy: "Its health check succeeds.",
    service_started: "Its container was started; it may not listen yet.",
    service_completed_successfully: "Its container ended without an error, e.g. a migration.",
  }),
  "deploy.restart_policy.condition": values({
    any: "Whenever it ended.",
    "on-failure": "Only when it ended with an error.",
    none: "Never.",
  }),
  "develop.watch.[].action": values({
    sync: "Copies changed files into the container.",
    rebuild: "Builds the image and replaces the container.",
    restart: "Restarts the container.",
    "sync+restart": "Copies changed files and restarts the container.",
    "sync+exec": "Copies changed files and runs a command in the container.",
  }),
  network_mode: values({
    host: "The network of the host: ports are open there without `ports`.",
    none: "No network at all.",
    bridge: "The engine's common network, without names of services.",
  }),
  pid: namespaces("processes"),
  ipc: values({
    shareable: "Others may join it.",
    private: "Its own.",
    none: "Its own, without `/dev/shm`.",
    host: "That of the host.",
  }),
  userns_mode: namespaces("users"),
  uts: namespaces("host name"),
  cgroup: values({ private: "Its own control groups.", host: "The control groups of the host." }),
  pull_policy: values({
    missing: "When it is not there; so it is when nothing is written.",
    always: "At each start.",
    build: "Never: it is built.",
    never: "Never: it has to be there.",
    daily: "When the last pull was a day ago.",
    weekly: "When the last pull was a week ago.",
  }),
  stop_signal: stopSignals.map((value) => ({ value })),
  "cap_add.[]": capabilities,
  "cap_drop.[]": capabilities,
  "security_opt.[]": values({
    "no-new-privileges:true": "No program gets more rights than the one that started it.",
    "seccomp:unconfined": "Any system call.",
    "apparmor:unconfined": "Without AppArmor.",
    "label:disable": "Without SELinux.",
  }),
  "tmpfs.[]": values({
    "/tmp": "In memory, gone with the container.",
    "/run": "In memory, gone with the container.",
  }),
  tmpfs: values({
    "/tmp": "In memory, gone with the container.",
    "/run": "In memory, gone with the container.",
  }),
  "extra_hosts.[]": values({
    "host.docker.internal:host-gateway": "The host, by the name that it has in Docker Desktop.",
  }),
  "devices.[]": values({
    "/dev/dri:/dev/dri": "Graphics card.",
    "/dev/ttyUSB0:/dev/ttyUSB0": "Serial port.",
  }),
  "logging.driver": values({
    "json-file": "Files of the engine; without `max-size` they grow for ever.",
    local: "Files of the engine, rotated and compressed.",
    journald: "The journal of systemd.",
    syslog: "Syslog.",
    fluentd: "Fluentd.",
    gelf: "Graylog.",
    none: "Nowhere.",
  }),
  runtime: values({
    runc: "The usual one.",
    nvidia: "With graphics cards of Nvidia.",
    runsc: "gVisor, a kernel of its own.",
  }),
  "deploy.mode": values({ replicated: "As many as `replicas` says.", global: "One on each machine." }),
  "volumes.[].type": values({
    volume: "A volume of the engine.",
    bind: "A folder or file of the host.",
    tmpfs: "A folder in memory.",
    image: "Files of another image.",
    cluster: "A volume of the cluster.",
    npipe: "A named pipe of Windows.",
  }),
  "ports.[].protocol": values({ tcp: "So it is when nothing is written.", udp: "For DNS, games, HTTP/3." }),
  "ports.[].app_protocol": values({ http: "HTTP.", https: "HTTP with TLS.", grpc: "gRPC." }),
  "ports.[].mode": values({ ingress: "Spread over the machines.", host: "On each machine for itself." }),
  "ports.[].host_ip": values({ "127.0.0.1": "Only this machine can reach it." }),
  gpus: values({ all: "Each graphics card." }),
  "deploy.resources.reservations.devices.[].driver": values({ nvidia: "Graphics cards of Nvidia." }),
  "deploy.resources.reservations.devices.[].capabilities.[]": values({ gpu: "Graphics card." }),
  "build.network": values({ host: "The network of the host.", none: "None: RUN cannot download." }),
  "build.ssh.[]": values({ default: "The agent of the shell that runs Compose." }),
  "build.platforms.[]": values({
    "linux/amd64": "Intel and AMD, 64 bits.",
    "linux/arm64": "ARM, 64 bits: Apple, Graviton, Raspberry Pi.",
    "linux/arm/v7": "ARM, 32 bits.",
  }),
  platform: values({
    "linux/amd64": "Intel and AMD, 64 bits.",
    "linux/arm64": "ARM, 64 bits: Apple, Graviton, Raspberry Pi.",
  }),
  "env_file.[].format": values({ raw: "Values as they stand, without quotes and variables." }),
};

const inNetwork: Readonly<Record<string, readonly ComposeValue[]>> = {
  driver: values({
    bridge: "On this machine; so it is when nothing is written.",
    overlay: "Over the machines of a cluster.",
    macvlan: "Containers with addresses of the real network.",
    ipvlan: "The same with the hardware address of the host.",
    host: "The network of the host.",
    none: "No network.",
  }),
};

/** Names that make sense where the user chooses them. */
const namesInService: Readonly<Record<string, readonly ComposeValue[]>> = {
  ulimits: limits,
  "build.ulimits": limits,
  "logging.options": values({
    "max-size": "Size of a file, e.g. `10m`.",
    "max-file": "Files that are kept.",
    tag: "What each line begins with.",
  }),
  extra_hosts: values({ "host.docker.internal": "The host, by the name that it has in Docker Desktop." }),
  sysctls: values({
    "net.core.somaxconn": "Connections that wait to be accepted.",
    "net.ipv4.ip_unprivileged_port_start": "First port that needs no rights.",
    "net.ipv4.ip_forward": "Passes packets on, e.g. for VPNs.",
  }),
  "build.ssh": values({ default: "The agent of the shell that runs Compose." }),
};

/** Values that come to mind at the end of a way through the file, and what they mean; those fitting best first. */
export function valuesAt(path: readonly string[]): readonly ComposeValue[] {
  return tableAt(path, inService);
}

/** The same of names behind which a value stands. */
export function namesAt(path: readonly string[]): readonly ComposeValue[] {
  return path[0] === "services" ? (valueIn(namesInService, path.slice(2).join(".")) ?? []) : [];
}

function tableAt(path: readonly string[], table: typeof inService): readonly ComposeValue[] {
  const [section, , ...inside] = path;
  const way = inside.join(".");
  if (section === "networks") return valueIn(inNetwork, way) ?? [];
  if (section !== "services") return [];
  return (
    valueIn(table, way) ??
    valueIn(table, inside.map((it, at) => (inside[0] === "depends_on" && at === 1 ? "*" : it)).join(".")) ??
    []
  );
}

/** Durations and sizes by what the place is for; the first is what is mostly written. */
const durations: Readonly<Record<string, readonly string[]>> = {
  interval: ["10s", "30s", "5s", "1m"],
  timeout: ["5s", "3s", "10s"],
  start_period: ["30s", "10s", "1m", "2m"],
  start_interval: ["1s", "2s", "5s"],
  stop_grace_period: ["30s", "1m", "2m"],
  delay: ["5s", "10s", "1m"],
  window: ["2m", "1m"],
  monitor: ["30s", "1m"],
};
const sizes: Readonly<Record<string, readonly string[]>> = {
  shm_size: ["256m", "64m", "1g"],
  size: ["64m", "256m", "1g"],
  memory: ["512m", "256m", "1g", "2g"],
};

/** Examples for a scalar of which only the form is known: durations, sizes, processors. */
export function examplesOf(key: string, { type }: ScalarShape): readonly string[] {
  if (type === "duration") return valueIn(durations, key) ?? ["10s", "30s", "1m", "5m"];
  if (type === "bytes" || type === "size") return valueIn(sizes, key) ?? ["512m", "256m", "1g"];
  if (key === "cpus") return ["0.5", "1", "2"];
  if (key === "retries") return ["5", "3", "10"];
  if (key === "replicas") return ["2", "3"];
  return [];
}
