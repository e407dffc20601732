import { build } from "./build.ts";
import { deploy } from "./deploy.ts";
import { develop } from "./develop.ts";
import {
  command,
  deviceRequest,
  diskRate,
  diskWeight,
  driverOptions,
  hook,
  hostAddresses,
  limits,
  mountedFiles,
} from "./parts.ts";
import { addressForm, portForm } from "./ports.ts";
import {
  bytes,
  count,
  duration,
  either,
  flag,
  key,
  list,
  mapping,
  named,
  number,
  oneOf,
  orEmpty,
  pairs,
  type Shape,
  set,
  text,
  textAs,
  textLike,
  textOrTexts,
  texts,
  variables,
  within,
} from "./shape.ts";

const portOrText: Shape = { scalar: { type: "port" } };

/** A number of its own, or a text: the port or group that it names. */
const integerOrText: Shape = { scalar: { type: "port", integral: true } };

const port: Shape = {
  scalar: {
    type: "port",
    integral: true,
    form: { pattern: portForm, name: "a port such as `8080:80`" },
  },
};

/** `[SOURCE:]TARGET[:OPTIONS]`, with drives of Windows. */
const mount: Shape = {
  scalar: {
    type: "text",
    form: {
      pattern: /^(?:[A-Za-z]:)?[^:]+(?::(?:[A-Za-z]:)?[^:]+(?::(?:[A-Za-z]:)?[^:]+)?)?$/,
      name: "`source:target` or `source:target:options`",
    },
  },
};

const dependencies: Shape = either(
  set(text),
  named(
    mapping(
      {
        condition: key(
          "What is waited for.",
          oneOf("service_started", "service_healthy", "service_completed_successfully"),
        ),
        restart: key("Restarts this service when the other one is restarted.", flag),
        required: key("With `false`, goes on without the other service.", flag),
      },
      "condition",
    ),
    "resource",
  ),
);

const ports: Shape = list(
  either(
    port,
    mapping(
      {
        target: key("Port of the container.", count),
        published: key("Port of the host, or a range; a free one when not given.", {
          scalar: { type: "port", integral: true },
        }),
        host_ip: key(
          "Address of the host that listens; all of them when not given.",
          textAs("an address", addressForm),
        ),
        protocol: key("Protocol; `tcp` when not given.", textLike("tcp", "udp")),
        app_protocol: key("Protocol that is spoken over it, e.g. `http`.", text),
        mode: key("Whether each machine publishes it for itself.", textLike("host", "ingress")),
        name: key("A name for the port.", text),
      },
      "target",
    ),
  ),
);

const mounts: Shape = list(
  either(
    mount,
    mapping(
      {
        type: key("Kind of mount.", oneOf("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
        source: key("Folder of the host, volume or image.", text),
        target: key("Where it is in the container.", text),
        read_only: key("The container cannot write to it.", flag),
        consistency: key("Has no effect any more.", text),
        bind: key(
          "More about a folder of the host.",
          mapping({
            create_host_path: key("Makes the folder when it is not there.", flag),
            propagation: key(
              "How mounts below it are passed on.",
              textLike("rprivate", "private", "rshared", "shared", "rslave", "slave"),
            ),
            selinux: key("Label for SELinux: `z` shared, `Z` for this container alone.", oneOf("z", "Z")),
            recursive: key(
              "What becomes of mounts below it.",
              oneOf("enabled", "disabled", "writable", "readonly"),
            ),
          }),
        ),
        volume: key(
          "More about a volume.",
          mapping({
            nocopy: key("Does not fill an empty volume with the image's files.", flag),
            subpath: key("Folder inside the volume.", text),
            labels: key("Metadata of the volume.", pairs),
          }),
        ),
        tmpfs: key(
          "More about a folder in memory.",
          mapping({
            size: key("Its size, e.g. `64m`.", {
              scalar: { type: "bytes", whole: true, range: [0, Number.POSITIVE_INFINITY] },
            }),
            mode: key("Its permissions, e.g. `0o1777`.", {
              scalar: {
                type: "port",
                form: { pattern: /^(?:0o)?\d+(?:\.\d+)?$/, name: "octal permissions such as `0o1777`" },
              },
            }),
          }),
        ),
        image: key("More about an image.", mapping({ subpath: key("Folder inside the image.", text) })),
      },
      "type",
    ),
  ),
);

const networks: Shape = either(
  set(text),
  named(
    orEmpty(
      mapping({
        aliases: key("More names that the service is reached by in this network.", texts),
        ipv4_address: key("A fixed IPv4 address.", text),
        ipv6_address: key("A fixed IPv6 address.", text),
        link_local_ips: key("More addresses, of the link alone.", texts),
        mac_address: key("Hardware address in this network.", text),
        driver_opts: key("Options of the network's driver.", driverOptions),
        priority: key("Order in which networks are joined.", number),
        gw_priority: key("The network with the highest is the way out.", number),
        interface_name: key("Name of the network interface inside the container.", text),
      }),
    ),
    "resource",
  ),
);

const healthcheck: Shape = mapping({
  test: key('The command, as `["CMD", …]`, `["CMD-SHELL", "…"]` or a string for the shell.', textOrTexts),
  interval: key("Time between two checks; 30 seconds when not given.", duration),
  timeout: key("Time a check may take; 30 seconds when not given.", duration),
  retries: key(
    "Failed checks in a row that make it unhealthy; 3 when not given.",
    within("number", 0, Number.POSITIVE_INFINITY),
  ),
  start_period: key("Time after the start in which failures do not count.", duration),
  start_interval: key("Time between two checks during the start period.", duration),
  disable: key("Switches off the image's own health check.", flag),
});

/** An entry of `services` (compose-spec 05-services.md, read 2026-11). */
export const service: Shape = mapping({
  image: key("Image that the container is made of; with `build`, the name that the built image gets.", text),
  build: key("How to build the image from source: the build context, or a mapping with more.", build),
  depends_on: key(
    "Services that are started before this one; with a condition, also waited for.",
    dependencies,
  ),
  ports: key("Ports of the container that the host can reach: `host:container`.", ports),
  expose: key(
    "Ports that only other services are meant to reach; a note, it opens nothing.",
    list(integerOrText),
  ),
  environment: key(
    "Environment variables. A name without value takes that of the shell that runs Compose.",
    variables,
  ),
  env_file: key(
    "Files with environment variables; `environment` goes before them.",
    either(
      text,
      list(
        either(text, {
          mapping: {
            keys: {
              path: key("The file.", text),
              required: key("With `false`, the file need not be there.", flag),
              format: key("`raw` takes values as they stand, without quotes and variables.", {
                scalar: {
                  type: "text",
                  suggestions: ["raw"],
                  form: { pattern: /^(?:raw)?$/, name: "`raw`" },
                },
              }),
            },
            required: ["path"],
            others: "closed",
          },
        }),
      ),
    ),
  ),
  volumes: key("What is mounted: `volume:/path`, `./folder:/path`, or a mapping.", mounts),
  networks: key("Networks that the service joins, with names it is also reached by there.", networks),
  network_mode: key("Network other than those of the project.", textLike("bridge", "host", "none")),
  healthcheck: key(
    "Command that tells whether the container works; `condition: service_healthy` waits for it.",
    healthcheck,
  ),
  restart: key(
    "When a container that ended is started again.",
    textLike("no", "always", "on-failure", "unless-stopped"),
  ),
  command: key("Replaces the image's CMD.", command),
  entrypoint: key("Replaces the image's ENTRYPOINT, and clears its CMD.", command),
  user: key("User that the container runs as, in place of the image's.", text),
  working_dir: key("Folder that the container starts in, in place of the image's.", text),
  container_name: key(
    "A fixed name for the container: then there can be only one.",
    textAs(
      "a name of two characters or more, which starts with a letter or digit",
      /[a-zA-Z0-9][a-zA-Z0-9_.-]+/,
    ),
  ),
  hostname: key("Host name inside the container.", text),
  domainname: key("Domain name inside the container.", text),
  profiles: key("Profiles that the service belongs to: it starts only when one of them is asked for.", texts),
  deploy: key("Replicas, limits, update and restart behaviour.", deploy),
  develop: key("What `docker compose watch` does when a file changes.", develop),
  extends: key(
    "Takes over the settings of another service, of this file or another.",
    either(text, {
      mapping: {
        keys: {
          service: key("The service.", text),
          file: key("The Compose file that it is in.", orEmpty(text)),
        },
        required: ["service"],
        others: "closed",
      },
    }),
  ),
  secrets: key("Secrets that the service may read.", mountedFiles),
  configs: key("Configuration files that the service gets.", mountedFiles),
  labels: key("Metadata of the container.", pairs),
  label_file: key("Files with labels.", textOrTexts),
  annotations: key("Annotations of the container.", pairs),
  platform: key("Platform of the image.", textLike("linux/amd64", "linux/arm64")),
  pull_policy: key("When the image is pulled.", {
    scalar: {
      type: "text",
      suggestions: ["always", "missing", "never", "build", "daily", "weekly"],
      form: {
        pattern: /always|never|build|if_not_present|missing|refresh|daily|weekly|every_(?:[0-9]+[wdhms])+/,
        name: "one of always, missing, never, build, daily, weekly and `every_12h`",
      },
    },
  }),
  pull_refresh_after: key("Age after which the image is pulled again.", text),
  init: key("Runs a small init as process 1 that passes on signals and collects orphans.", flag),
  stop_grace_period: key("Time between SIGTERM and SIGKILL; 10 seconds when not given.", duration),
  stop_signal: key("Signal that asks the container to end, in place of the image's.", text),
  read_only: key("Makes the container's file system read-only.", flag),
  tmpfs: key("Folders in memory.", textOrTexts),
  privileged: key("Takes away nearly all walls between container and host.", flag),
  cap_add: key("Kernel capabilities to add.", texts),
  cap_drop: key("Kernel capabilities to take away; `ALL` for each of them.", list(textLike("ALL"))),
  security_opt: key("Security options of the container.", set(textLike("no-new-privileges:true"))),
  devices: key(
    "Devices of the host.",
    list(
      either(
        textAs("`source:target:permissions`", /^(?:[^:]*:){0,2}[^:]*$/),
        mapping(
          {
            source: key("The device on the host.", text),
            target: key("Its path in the container.", text),
            permissions: key("What the container may do with it: `r`, `w`, `m`.", text),
          },
          "source",
        ),
      ),
    ),
  ),
  device_cgroup_rules: key("Device rules of the container's control group.", set(text)),
  gpus: key(
    "Graphics cards of the host; `all` for each of them.",
    either(oneOf("all"), list(deviceRequest("free"))),
  ),
  dns: key("Name servers of the container.", textOrTexts),
  dns_opt: key("Options of the name resolver.", texts),
  dns_search: key("Domains that short names are looked up in.", textOrTexts),
  extra_hosts: key("More entries for `/etc/hosts`: `name:address`.", hostAddresses),
  links: key("An old way to reach other services; networks do it by themselves.", texts),
  external_links: key("Links to containers of other projects.", set(text)),
  group_add: key("More groups of the container's user.", set(integerOrText)),
  logging: key(
    "Where the container's output goes.",
    mapping({
      driver: key("What takes it.", textLike("json-file", "local", "journald", "syslog", "none")),
      options: key("Options of the driver.", named(orEmpty(portOrText))),
    }),
  ),
  ulimits: key("Resource limits of the processes.", limits),
  sysctls: key("Kernel parameters of the container.", pairs),
  shm_size: key("Size of `/dev/shm`, e.g. `256mb`.", bytes),
  mem_limit: key("Most memory, e.g. `512m`.", bytes),
  mem_reservation: key("Memory that is kept for the container.", bytes),
  mem_swappiness: key("How eagerly memory is swapped out, 0 to 100.", portOrText),
  memswap_limit: key("Most memory and swap together.", bytes),
  cpus: key("Most processors, e.g. `1.5`.", number),
  cpu_shares: key("Share of processor time beside other containers.", number),
  cpu_quota: key("Processor time in each period, microseconds.", number),
  cpu_period: key("Length of that period, microseconds.", number),
  cpu_count: key("Number of processors (Windows).", within("integer", 0, Number.POSITIVE_INFINITY)),
  cpu_percent: key("Share of the processors (Windows).", within("integer", 0, 100)),
  cpu_rt_runtime: key("Real-time processor time.", number),
  cpu_rt_period: key("Real-time period.", number),
  cpuset: key("Processors that it may run on, e.g. `0-1`.", text),
  pids_limit: key("Most processes.", number),
  oom_kill_disable: key("Keeps the kernel from ending it when memory runs out.", flag),
  oom_score_adj: key(
    "Which process the kernel ends first when memory runs out, -1000 to 1000.",
    within("integer", -1000, 1000),
  ),
  pid: key("Process namespace.", orEmpty(textLike("host"))),
  ipc: key("Shared memory namespace.", textLike("none", "private", "shareable", "host")),
  uts: key("Host name namespace.", textLike("host")),
  userns_mode: key("User namespace.", textLike("host")),
  cgroup: key("Control group namespace.", oneOf("host", "private")),
  cgroup_parent: key("Parent control group.", text),
  runtime: key("Program that runs the container, e.g. `runc`.", text),
  isolation: key("Isolation technology (Windows).", text),
  mac_address: key("Hardware address.", text),
  stdin_open: key("Keeps standard input open, as `docker run -i`.", flag),
  tty: key("Gives it a terminal, as `docker run -t`.", flag),
  attach: key("Whether `docker compose up` shows its output.", flag),
  scale: key("Number of containers.", count),
  blkio_config: key(
    "Limits of disk access.",
    mapping({
      weight: key("Its weight beside other containers, 10 to 1000.", count),
      weight_device: key("Its weight for some devices.", diskWeight),
      device_read_bps: key("Most bytes a second that are read.", diskRate),
      device_read_iops: key("Most reads a second.", diskRate),
      device_write_bps: key("Most bytes a second that are written.", diskRate),
      device_write_iops: key("Most writes a second.", diskRate),
    }),
  ),
  credential_spec: key(
    "Credentials of a managed service account (Windows).",
    mapping({
      config: key("Config that holds them.", text),
      file: key("File that holds them.", text),
      registry: key("Key of the registry that holds them.", text),
    }),
  ),
  storage_opt: key("Options of the storage driver.", { mapping: { keys: {}, others: "free" } }),
  volumes_from: key("Mounts all volumes of another service or container.", set(text)),
  post_start: key("Commands that run in the container after it started.", list(hook)),
  pre_start: key("Commands that run before the container starts.", list(hook)),
  pre_stop: key("Commands that run in the container before it is stopped.", list(hook)),
  provider: key(
    "Lets a program of yours provide the service, in place of a container.",
    mapping(
      {
        type: key("The program.", text),
        options: key(
          "What it is given.",
          named(either({ scalar: { type: "any" } }, list({ scalar: { type: "any" } }))),
        ),
      },
      "type",
    ),
  ),
  models: key(
    "Models that the service uses.",
    either(
      set(text),
      named(
        orEmpty(
          mapping({
            endpoint_var: key("Variable that gets the model's address.", text),
            model_var: key("Variable that gets the model's name.", text),
          }),
        ),
      ),
    ),
  ),
  use_api_socket: key("Gives the container the engine's socket and the user's credentials.", flag),
});
