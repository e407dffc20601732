/** Whether Compose reads a text as a port (docker/go-connections nat, tried with Compose 2.40.3, 2026-11). */
export const portForm = {
  /** `[IP:][HOST:]CONTAINER[/PROTOCOL]`. Addresses of IPv6 stand in brackets; ranges are of one length, or the container has one port. */
  test(text: string): boolean {
    const [, , firstHost, lastHost, first, last] = PORT.exec(text) ?? [];
    if (first === undefined) return false;
    const many = lengthOf(first, last);
    if (many < 1) return false;
    if (firstHost === undefined) return true;
    const manyOfHost = lengthOf(firstHost, lastHost);
    return manyOfHost >= 1 && (many === 1 || many === manyOfHost);
  },
};

/** An address of the host that listens, as `host_ip` has it. */
export const addressForm = {
  test: (text: string): boolean => text.includes(":") || ONLY_IPV4.test(text),
};

const NUMBER = "0*(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])";
const OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const ONLY_IPV4 = new RegExp(`^${IPV4}$`);
const ADDRESS = `${IPV4}|\\[[\\da-fA-F:.%\\w]+\\]`;
const PORT = new RegExp(
  `^(?:(?:(${ADDRESS})?:)?(?:(0|${NUMBER})(?:-(${NUMBER}))?)?:)?(${NUMBER})(?:-(${NUMBER}))?(?:/(?:tcp|udp|sctp))?$`,
  "i",
);

function lengthOf(first: string, last = first): number {
  return Number(last) - Number(first) + 1;
}
