import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { entriesOf, itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import { readMemorySize } from "../../syntax/compose/memory-size.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const engineRefusesValue = composeRule({
  id: "engine-refuses-value",
  title: "Value that Compose passes on and the engine refuses",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a \`restart\` that is no policy, a capability in \`cap_add\` or \`cap_drop\` that Linux does not have, a limit in
      \`ulimits\` that there is not, and memory below 6 MiB (\`mem_limit: 512\` is 512 bytes) or limits of it that contradict each other,
      and an \`ipv4_address\` that is none, or in no subnet of its network.`,
    why: source`
      Compose takes any text there, so \`docker compose config\` finds nothing wrong. The engine refuses the container when it is
      made or started.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          restart: allways
                   ^^^^^^^ engine-refuses-value: The engine has no restart policy allways; did you mean always?
          cap_add: [NET_BIND_SERVICES]
                    ^^^^^^^^^^^^^^^^^ engine-refuses-value: Linux has no capability NET_BIND_SERVICES; did you mean NET_BIND_SERVICE?`,
    good: source`
      services:
        api:
          image: example/api:1.4
          restart: always
          cap_add: [NET_BIND_SERVICE]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      checkRestart(project, service, once);
      for (const key of ["cap_add", "cap_drop"])
        for (const item of itemsOf(valueAt(service.node, key))) checkCapability(project, item, once);
      checkMemory(project, service, once);
      checkAddresses(project, service, once);
      for (const { key } of entriesOf(valueAt(service.node, "ulimits")))
        if (!isVariable(key) && !LIMITS.includes(key.value)) {
          const near = nearestName(key.value, LIMITS);
          once(key.span, `Linux has no limit ${key.value}${didYouMean(near)}`, {
            fixes: takeNear(project, key, near),
          });
        }
    }
  },
});

/** moby api/types/container, ValidateRestartPolicy (read 2026-11): a count is for `on-failure` alone. */
function checkRestart(project: ComposeProject, { node }: Service, report: Report): void {
  const scalar = scalarAt(node, "restart");
  if (scalar?.type !== "string" || isVariable(scalar) || scalar.tag === "!reset") return;
  const value = scalar.value.trim();
  const [name = "", ...counts] = value.split(":");
  if (value === "" || (POLICIES.includes(name) && (counts.length === 0 || name === "on-failure"))) return;
  const isCounted = POLICIES.includes(name);
  const near = isCounted ? name : nearestName(name, POLICIES);
  const message = isCounted
    ? `The engine counts restarts with on-failure only, not with ${name}.`
    : `The engine has no restart policy ${name}${didYouMean(near)}`;
  report(scalar.span, message, {
    fixes: takeNear(project, scalar, near),
  });
}

const POLICIES = ["no", "always", "on-failure", "unless-stopped"];

/** moby daemon/daemon_unix.go, verifyPlatformContainerResources (as generally known): what it demands of each limit and between them. */
function checkMemory(project: ComposeProject, { node }: Service, report: Report): void {
  const resources = valueAt(valueAt(node, "deploy"), "resources");
  const limit = sizeAt(project, node, "mem_limit") ?? sizeAt(project, valueAt(resources, "limits"), "memory");
  const reservation =
    sizeAt(project, node, "mem_reservation") ?? sizeAt(project, valueAt(resources, "reservations"), "memory");
  const withSwap = sizeAt(project, node, "memswap_limit");
  for (const it of [limit, reservation])
    if (it && it.bytes > 0 && it.bytes < LEAST_MEMORY)
      report(it.span, `The engine takes no less than 6 MiB of memory, and ${it.text} is ${it.bytes} bytes.`);
  if (!limit || limit.bytes < LEAST_MEMORY) return;
  const related = [{ message: "The limit is here.", span: limit.span }];
  if (reservation && reservation.bytes > limit.bytes)
    report(reservation.span, `The engine reserves no more than the limit of ${limit.text}.`, { related });
  if (withSwap && withSwap.bytes > 0 && withSwap.bytes < limit.bytes)
    report(withSwap.span, `This is memory and swap together: the engine takes no less than ${limit.text}.`, {
      related,
    });
}

/** libnetwork: a fixed address has to be one, and in a subnet that the network is given (its error messages, as generally known). */
function checkAddresses(project: ComposeProject, { node }: Service, report: Report): void {
  for (const { key, value } of entriesOf(valueAt(node, "networks"))) {
    const address = knownAt(project, value, "ipv4_address");
    if (!address) continue;
    const { span } = address.node;
    const number = addressNumber(address.value);
    if (number === undefined) {
      report(span, `${address.value} is no address of IPv4.`);
      continue;
    }
    const network = valueAt(valueAt(project.file.root, "networks"), key.value);
    if (!project.single || project.networks.get(key.value)?.external !== false) continue;
    const options = entriesOf(network).map((it) => it.key.value);
    if (options.some((it) => !["name", "driver", "ipam", "labels", "internal"].includes(it))) continue;
    const configs = itemsOf(valueAt(valueAt(network, "ipam"), "config"));
    const subnets = configs.map((it) => knownAt(project, it, "subnet"));
    const ranges = subnets.map((it) => rangeOf(it?.value));
    if (ranges.length === 0 || ranges.includes(undefined)) continue;
    if (ranges.some((it) => it && it.first <= number && number <= it.last)) continue;
    report(span, `${address.value} is in no subnet of ${key.value}.`, {
      related: subnets.flatMap((it) => (it ? [{ message: "The subnet is here.", span: it.node.span }] : [])),
    });
  }
}

function addressNumber(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((it) => it <= 255) ? parts.reduce((sum, it) => sum * 256 + it, 0) : undefined;
}

/** Of `172.20.0.0/16`; undefined for what is not of IPv4. */
function rangeOf(subnet: string | undefined): { readonly first: number; readonly last: number } | undefined {
  const [, address = "", bits] = /^([\d.]+)\/(\d{1,2})$/.exec(subnet ?? "") ?? [];
  const number = addressNumber(address);
  if (number === undefined || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

const LEAST_MEMORY = 6 * 1024 * 1024;

function sizeAt(
  project: ComposeProject,
  node: YamlNode | undefined,
  key: string,
): { readonly bytes: number; readonly text: string; readonly span: Span } | undefined {
  const known = knownAt(project, node, key);
  const bytes = known && readMemorySize(known.value);
  return known && bytes !== undefined ? { bytes, text: known.value, span: known.node.span } : undefined;
}

/** In any case, with `CAP_` in front or without (moby daemon/pkg/oci/caps, NormalizeLegacyCapabilities, read 2026-11). */
function checkCapability(project: ComposeProject, item: YamlNode, report: Report): void {
  if (item.kind !== "scalar" || item.type !== "string" || isVariable(item)) return;
  const name = item.value.toUpperCase().replace(/^CAP_/, "");
  if (name === "ALL" || CAPABILITIES.includes(name) || name === "") return;
  const near = nearestName(name, CAPABILITIES);
  report(item.span, `Linux has no capability ${item.value}${didYouMean(near)}`, {
    fixes: takeNear(project, item, near),
  });
}

function takeNear({ file }: ComposeProject, scalar: ScalarNode, near: string | undefined): readonly Fix[] {
  const { value } = scalar;
  const span = contentSpan(file.text, scalar) ?? scalar.span;
  return near === undefined || scalar.viaAlias ? [] : replaceName(file, { value, span }, near, "safe");
}

function isVariable({ value }: ScalarNode): boolean {
  return value.includes("$");
}

/** capabilities(7) of Linux 6.12. */
const CAPABILITIES = (
  "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID " +
  "IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW " +
  "PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE " +
  "SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM"
).split(" ");

/** getrlimit(2), by the names that docker/go-units knows. */
const LIMITS =
  "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split(
    " ",
  );
