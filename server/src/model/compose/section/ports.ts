import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { PortMapping } from "../project.ts";
import { knownText, type Reading, resolvedText } from "../reading.ts";

/** `ports` of a service; entries whose form is not known are left out. */
export function readPorts(service: YamlNode | undefined, reading: Reading): readonly PortMapping[] {
  return itemsOf(valueAt(service, "ports")).flatMap((item) => {
    if (item.kind === "scalar") {
      const port = readShortPort(resolvedText(item, reading).value);
      return port ? [{ span: item.span, ...port }] : [];
    }
    const text = (key: string) => knownText(valueAt(item, key), reading)?.value;
    return [
      {
        span: item.span,
        hostAddress: text("host_ip"),
        published: firstPort(text("published") ?? ""),
        target: firstPort(text("target") ?? ""),
        protocol: text("protocol") ?? "tcp",
      },
    ];
  });
}

/**
 * `[IP:][HOST[-LAST]:]CONTAINER[-LAST][/PROTOCOL]`, the address with or without brackets when it is IPv6
 * (compose-spec 05-services.md#ports; docker/go-connections nat.ParsePortSpec, read 2026-11).
 */
function readShortPort(spec: string): Omit<PortMapping, "span"> | undefined {
  const [ports = "", protocol = "tcp"] = spec.split("/", 2);
  const match = /^(?:(?:(\[[^\]]*\]|.*?):)?([^:]*):)?([^:]*)$/.exec(ports);
  if (!match) return undefined;
  const [, address, published = "", target = ""] = match;
  if (!isPort(target)) return undefined;
  return {
    hostAddress: address?.replace(/^\[|\]$/g, "") || undefined,
    published: firstPort(published),
    target: firstPort(target),
    protocol: protocol.toLowerCase(),
  };
}

function isPort(text: string): boolean {
  return text.includes(HOLE) || firstPort(text) !== undefined;
}

function firstPort(text: string): number | undefined {
  const port = /^(\d{1,5})(?:-\d{1,5})?$/.exec(text.trim())?.[1];
  return port && Number(port) <= 65535 ? Number(port) : undefined;
}
