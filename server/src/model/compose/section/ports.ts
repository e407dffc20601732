import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { PortMapping, ResolvedText } from "../project.ts";
import { knownText, partOf, resolvedText, type TextReading } from "../reading/reading.ts";

/** `ports` of a service; entries whose form is not known are left out. */
export function readPorts(service: YamlNode | undefined, reading: TextReading): readonly PortMapping[] {
  return itemsOf(valueAt(service, "ports")).flatMap((item) => {
    if (item.kind === "scalar") {
      const port = readShortPort(resolvedText(item, reading));
      return port ? [{ span: item.span, ...port }] : [];
    }
    const node = (key: string) => valueAt(item, key);
    const text = (key: string) => knownText(node(key), reading)?.value;
    return [
      {
        span: item.span,
        hostAddress: text("host_ip"),
        ...published(text("published") ?? ""),
        ...targets(text("target") ?? ""),
        protocol: text("protocol") ?? "tcp",
        publishedText: knownText(node("published"), reading),
        known: ["host_ip", "published", "target", "protocol"].every(
          (it) => !node(it) || text(it) !== undefined,
        ),
        text: undefined,
      },
    ];
  });
}

/**
 * `[IP:][HOST[-LAST]:]CONTAINER[-LAST][/PROTOCOL]`, the address with or without brackets when it is IPv6
 * (compose-spec 05-services.md#ports; docker/go-connections nat.ParsePortSpec, read 2026-11).
 */
function readShortPort(text: ResolvedText): Omit<PortMapping, "span"> | undefined {
  const [ports = "", protocol = "tcp"] = text.value.split("/", 2);
  const match = /^(?:(?:(\[[^\]]*\]|.*?):)?([^:]*):)?([^:]*)$/.exec(ports);
  if (!match) return undefined;
  const [, address, host = "", target = ""] = match;
  if (!isPort(target)) return undefined;
  const hostEnd = ports.length - target.length - 1;
  return {
    hostAddress: address?.replace(/^\[|\]$/g, "") || undefined,
    ...published(host),
    ...targets(target),
    protocol: protocol.toLowerCase(),
    publishedText: host ? partOf(text, hostEnd - host.length, hostEnd, HOLE) : undefined,
    known: text.known,
    text,
  };
}

function isPort(text: string): boolean {
  return text.includes(HOLE) || portsOf(text) !== undefined;
}

function published(text: string): Pick<PortMapping, "published" | "lastPublished"> {
  const ports = portsOf(text);
  return { published: ports?.[0], lastPublished: ports?.[1] };
}

function targets(text: string): Pick<PortMapping, "target" | "lastTarget"> {
  const ports = portsOf(text);
  return { target: ports?.[0], lastTarget: ports?.[1] };
}

/** First and last port of `8000` or `8000-8010`. */
function portsOf(text: string): readonly [number, number] | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim()) ?? [];
  return first !== undefined && Number(first) <= 65535 ? [Number(first), Number(last)] : undefined;
}
