/**
 * Keys of a Compose file, in our own words. Names and shapes after the Compose specification's schema
 * (compose-spec/compose-spec, and the newer keys of compose-spec/compose-go), read 2026-11.
 */
export interface ComposeKey {
  readonly name: string;
  readonly summary: string;
  /** What follows the key: a scalar on its line, a list or a mapping below it. */
  readonly shape: "scalar" | "list" | "mapping";
  /** Values that make sense for a scalar, or entries for a list. */
  readonly values?: readonly string[];
  /** Kept working, but nothing to write today. */
  readonly deprecated?: true;
}

const scalar = (name: string, summary: string, values?: readonly string[]): ComposeKey => ({
  name,
  summary,
  shape: "scalar",
  ...(values && { values }),
});
const list = (name: string, summary: string, values?: readonly string[]): ComposeKey => ({
  name,
  summary,
  shape: "list",
  ...(values && { values }),
});
const mapping = (name: string, summary: string): ComposeKey => ({ name, summary, shape: "mapping" });

const switches = ["true", "false"];

const topLevel: readonly ComposeKey[] = [
  scalar(
    "name",
    "Name of the project: prefix of its containers, networks and volumes. The folder's name when not given.",
  ),
  mapping(
    "services",
    "The containers that make the application, by name. The name is also the host name the others reach it by.",
  ),
  mapping("networks", "Networks that services join. Without any, all services share one called `default`."),
  mapping("volumes", "Named volumes: data that outlives its container."),
  mapping("configs", "Configuration files that services mount without being rebuilt."),
  mapping("secrets", "Secrets that services read as files below `/run/secrets`."),
  mapping("models", "AI models that services use."),
  list(
    "include",
    "Other Compose files whose resources belong to this application; their paths count from their own folder.",
  ),
  { name: "version", summary: "Obsolete: Compose ignores it and warns.", shape: "scalar", deprecated: true },
];

const service: readonly ComposeKey[] = [
  scalar("image", "Image that the container is made of; with `build`, the name that the built image gets."),
  mapping("build", "How to build the image from source: the build context, or a mapping with more."),
  list("depends_on", "Services that are started before this one; with a condition, also waited for."),
  list("ports", "Ports of the container that the host can reach: `host:container`."),
  list("expose", "Ports that only other services are meant to reach; a note, it opens nothing."),
  mapping(
    "environment",
    "Environment variables. A name without value takes that of the shell that runs Compose.",
  ),
  list("env_file", "Files with environment variables; `environment` goes before them."),
  list("volumes", "What is mounted: `volume:/path`, `./folder:/path`, or a mapping."),
  list("networks", "Networks that the service joins, with names it is also reached by there."),
  scalar("network_mode", "Network other than those of the project.", ["bridge", "host", "none"]),
  mapping(
    "healthcheck",
    "Command that tells whether the container works; `condition: service_healthy` waits for it.",
  ),
  scalar("restart", "When a container that ended is started again.", [
    "no",
    "always",
    "on-failure",
    "unless-stopped",
  ]),
  scalar("command", "Replaces the image's CMD."),
  scalar("entrypoint", "Replaces the image's ENTRYPOINT, and clears its CMD."),
  scalar("user", "User that the container runs as, in place of the image's."),
  scalar("working_dir", "Folder that the container starts in, in place of the image's."),
  scalar("container_name", "A fixed name for the container: then there can be only one."),
  scalar("hostname", "Host name inside the container."),
  scalar("domainname", "Domain name inside the container."),
  list("profiles", "Profiles that the service belongs to: it starts only when one of them is asked for."),
  mapping("deploy", "Replicas, limits, update and restart behaviour."),
  mapping("develop", "What `docker compose watch` does when a file changes."),
  mapping("extends", "Takes over the settings of another service, of this file or another."),
  list("secrets", "Secrets that the service may read."),
  list("configs", "Configuration files that the service gets."),
  mapping("labels", "Metadata of the container."),
  list("label_file", "Files with labels."),
  mapping("annotations", "Annotations of the container."),
  scalar("platform", "Platform of the image.", ["linux/amd64", "linux/arm64"]),
  scalar("pull_policy", "When the image is pulled.", [
    "always",
    "missing",
    "never",
    "build",
    "daily",
    "weekly",
  ]),
  scalar("init", "Runs a small init as process 1 that passes on signals and collects orphans.", switches),
  scalar("stop_grace_period", "Time between SIGTERM and SIGKILL; 10 seconds when not given."),
  scalar("stop_signal", "Signal that asks the container to end, in place of the image's."),
  scalar("read_only", "Makes the container's file system read-only.", switches),
  list("tmpfs", "Folders in memory."),
  scalar("privileged", "Takes away nearly all walls between container and host.", switches),
  list("cap_add", "Kernel capabilities to add."),
  list("cap_drop", "Kernel capabilities to take away; `ALL` for each of them.", ["ALL"]),
  list("security_opt", "Security options of the container.", ["no-new-privileges:true"]),
  list("devices", "Devices of the host."),
  list("device_cgroup_rules", "Device rules of the container's control group."),
  list("gpus", "Graphics cards of the host; `all` for each of them."),
  list("dns", "Name servers of the container."),
  list("dns_opt", "Options of the name resolver."),
  list("dns_search", "Domains that short names are looked up in."),
  list("extra_hosts", "More entries for `/etc/hosts`: `name:address`.", [
    "host.docker.internal:host-gateway",
  ]),
  list("links", "An old way to reach other services; networks do it by themselves."),
  list("external_links", "Links to containers of other projects."),
  list("group_add", "More groups of the container's user."),
  mapping("logging", "Where the container's output goes."),
  mapping("ulimits", "Resource limits of the processes."),
  mapping("sysctls", "Kernel parameters of the container."),
  scalar("shm_size", "Size of `/dev/shm`, e.g. `256mb`."),
  scalar("mem_limit", "Most memory, e.g. `512m`."),
  scalar("mem_reservation", "Memory that is kept for the container."),
  scalar("mem_swappiness", "How eagerly memory is swapped out, 0 to 100."),
  scalar("memswap_limit", "Most memory and swap together."),
  scalar("cpus", "Most processors, e.g. `1.5`."),
  scalar("cpu_shares", "Share of processor time beside other containers."),
  scalar("cpu_quota", "Processor time in each period, microseconds."),
  scalar("cpu_period", "Length of that period, microseconds."),
  scalar("cpu_count", "Number of processors (Windows)."),
  scalar("cpu_percent", "Share of the processors (Windows)."),
  scalar("cpu_rt_runtime", "Real-time processor time."),
  scalar("cpu_rt_period", "Real-time period."),
  scalar("cpuset", "Processors that it may run on, e.g. `0-1`."),
  scalar("pids_limit", "Most processes."),
  scalar("oom_kill_disable", "Keeps the kernel from ending it when memory runs out.", switches),
  scalar("oom_score_adj", "Which process the kernel ends first when memory runs out, -1000 to 1000."),
  scalar("pid", "Process namespace.", ["host"]),
  scalar("ipc", "Shared memory namespace.", ["none", "private", "shareable", "host"]),
  scalar("uts", "Host name namespace.", ["host"]),
  scalar("userns_mode", "User namespace.", ["host"]),
  scalar("cgroup", "Control group namespace.", ["host", "private"]),
  scalar("cgroup_parent", "Parent control group."),
  scalar("runtime", "Program that runs the container, e.g. `runc`."),
  scalar("isolation", "Isolation technology (Windows)."),
  scalar("mac_address", "Hardware address."),
  scalar("stdin_open", "Keeps standard input open, as `docker run -i`.", switches),
  scalar("tty", "Gives it a terminal, as `docker run -t`.", switches),
  scalar("attach", "Whether `docker compose up` shows its output.", switches),
  scalar("scale", "Number of containers."),
  mapping("blkio_config", "Limits of disk access."),
  mapping("credential_spec", "Credentials of a managed service account (Windows)."),
  mapping("storage_opt", "Options of the storage driver."),
  list("volumes_from", "Mounts all volumes of another service or container."),
  list("post_start", "Commands that run in the container after it started."),
  list("pre_start", "Commands that run before the container starts."),
  list("pre_stop", "Commands that run in the container before it is stopped."),
  mapping("provider", "Lets a program of yours provide the service, in place of a container."),
  list("models", "Models that the service uses."),
  scalar("use_api_socket", "Gives the container the engine's socket and the user's credentials.", switches),
];

const build: readonly ComposeKey[] = [
  scalar("context", "Folder, or address of a git repository, that COPY sees; relative to this file."),
  scalar("dockerfile", "Dockerfile to build; relative to the context."),
  scalar("dockerfile_inline", "The Dockerfile's text, written here."),
  scalar("target", "Stage to build; the last one when not given."),
  mapping("args", "Values of the Dockerfile's ARGs."),
  list("cache_from", "Places that a cache is read from."),
  list("cache_to", "Places that the cache is written to."),
  scalar("no_cache", "Builds without the cache.", switches),
  list("no_cache_filter", "Stages that are built without the cache."),
  scalar("pull", "Pulls base images even if they are there.", switches),
  list("platforms", "Platforms to build for.", ["linux/amd64", "linux/arm64"]),
  list("secrets", "Secrets that `RUN --mount=type=secret` sees."),
  list("ssh", "SSH agents that `RUN --mount=type=ssh` sees.", ["default"]),
  list("tags", "More names for the built image."),
  mapping("labels", "Metadata of the image."),
  scalar("network", "Network of RUN.", ["host", "none"]),
  scalar("shm_size", "Size of `/dev/shm` while building."),
  mapping("additional_contexts", "More contexts by name, for `COPY --from` and `FROM`."),
  list("extra_hosts", "More entries for `/etc/hosts` while building."),
  list("entitlements", "Rights that the build gets.", ["network.host", "security.insecure", "device"]),
  scalar("privileged", "Builds with more rights.", switches),
  mapping("ulimits", "Resource limits of RUN."),
  scalar("isolation", "Isolation technology (Windows)."),
  scalar("provenance", "Adds a provenance attestation."),
  scalar("sbom", "Adds a bill of materials.", switches),
];

const healthcheck: readonly ComposeKey[] = [
  list("test", 'The command, as `["CMD", …]`, `["CMD-SHELL", "…"]` or a string for the shell.'),
  scalar("interval", "Time between two checks; 30 seconds when not given."),
  scalar("timeout", "Time a check may take; 30 seconds when not given."),
  scalar("retries", "Failed checks in a row that make it unhealthy; 3 when not given."),
  scalar("start_period", "Time after the start in which failures do not count."),
  scalar("start_interval", "Time between two checks during the start period."),
  scalar("disable", "Switches off the image's own health check.", switches),
];

const dependency: readonly ComposeKey[] = [
  scalar("condition", "What is waited for.", [
    "service_started",
    "service_healthy",
    "service_completed_successfully",
  ]),
  scalar("restart", "Restarts this service when the other one is restarted.", switches),
  scalar("required", "With `false`, goes on without the other service.", switches),
];

const network: readonly ComposeKey[] = [
  scalar("driver", "Kind of network.", ["bridge", "overlay", "host", "none", "macvlan", "ipvlan"]),
  mapping("driver_opts", "Options of the driver."),
  scalar("external", "It exists already, and Compose does not make it.", switches),
  scalar("internal", "Cut off from the outside.", switches),
  scalar("attachable", "Containers outside of the project may join.", switches),
  scalar("enable_ipv4", "IPv4 addresses.", switches),
  scalar("enable_ipv6", "IPv6 addresses.", switches),
  mapping("ipam", "Address ranges."),
  mapping("labels", "Metadata of the network."),
  scalar("name", "Its name on the engine, without the project's prefix."),
];

const volume: readonly ComposeKey[] = [
  scalar("driver", "Kind of volume.", ["local"]),
  mapping("driver_opts", "Options of the driver."),
  scalar("external", "It exists already, and Compose does not make it.", switches),
  mapping("labels", "Metadata of the volume."),
  scalar("name", "Its name on the engine, without the project's prefix."),
];

const fileResource: readonly ComposeKey[] = [
  scalar("file", "File that holds it."),
  scalar("environment", "Environment variable that holds it."),
  scalar("content", "The text itself (configs only)."),
  scalar("external", "It exists already on the engine.", switches),
  scalar("name", "Its name on the engine."),
];

const serviceNetwork: readonly ComposeKey[] = [
  list("aliases", "More names that the service is reached by in this network."),
  scalar("ipv4_address", "A fixed IPv4 address."),
  scalar("ipv6_address", "A fixed IPv6 address."),
  scalar("priority", "Order in which networks are joined."),
  scalar("gw_priority", "The network with the highest is the way out."),
  scalar("interface_name", "Name of the network interface inside the container."),
];

const deploy: readonly ComposeKey[] = [
  scalar("replicas", "Number of containers."),
  mapping("resources", "Limits and reservations of memory, processors and devices."),
  mapping("restart_policy", "When containers are started again."),
  mapping("update_config", "How a new version is rolled out."),
  mapping("rollback_config", "How a failed roll-out is taken back."),
  mapping("placement", "Machines that it may run on."),
  mapping("labels", "Metadata of the service."),
  scalar("mode", "One per machine, or a number of replicas.", ["replicated", "global"]),
  scalar("endpoint_mode", "How clients reach the replicas.", ["vip", "dnsrr"]),
];

const watch: readonly ComposeKey[] = [
  scalar("path", "Files to watch."),
  scalar("action", "What a change does.", ["sync", "rebuild", "restart", "sync+restart", "sync+exec"]),
  scalar("target", "Where synced files go in the container."),
  list("ignore", "Patterns that are left out."),
  list("include", "Patterns that are watched."),
  scalar("initial_sync", "Syncs once at the start.", switches),
];

/**
 * Keys that may stand at a place, told by its path from the root: mapping keys, `*` for any name, and `[]`
 * for a list's entry. Undefined where keys are free or not known here.
 */
export function keysAt(path: readonly string[]): readonly ComposeKey[] | undefined {
  return places.find(
    ({ pattern }) =>
      pattern.length === path.length &&
      pattern.every((it, i) => it === path[i] || (it === "*" && path[i] !== "[]")),
  )?.keys;
}

/** The key's own knowledge; `path` ends with the key. */
export function keyKnowledge(path: readonly string[]): ComposeKey | undefined {
  return keysAt(path.slice(0, -1))?.find((it) => it.name === path.at(-1));
}

const places: readonly { readonly pattern: readonly string[]; readonly keys: readonly ComposeKey[] }[] = [
  { pattern: [], keys: topLevel },
  { pattern: ["services", "*"], keys: service },
  { pattern: ["services", "*", "build"], keys: build },
  { pattern: ["services", "*", "healthcheck"], keys: healthcheck },
  { pattern: ["services", "*", "depends_on", "*"], keys: dependency },
  { pattern: ["services", "*", "networks", "*"], keys: serviceNetwork },
  { pattern: ["services", "*", "deploy"], keys: deploy },
  {
    pattern: ["services", "*", "develop"],
    keys: [list("watch", "Paths that are watched, and what a change does.")],
  },
  { pattern: ["services", "*", "develop", "watch", "[]"], keys: watch },
  { pattern: ["networks", "*"], keys: network },
  { pattern: ["volumes", "*"], keys: volume },
  { pattern: ["secrets", "*"], keys: fileResource },
  { pattern: ["configs", "*"], keys: fileResource },
];
