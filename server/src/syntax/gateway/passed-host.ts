/** A host that the configuration of a proxy passes requests to. Offsets are of the configuration's text. */
export interface PassedHost {
  readonly host: string;
  readonly start: number;
  readonly end: number;
  readonly port: number | undefined;
  readonly portAt: { readonly start: number; readonly end: number } | undefined;
}

/** What one configuration says. */
export interface GatewayConfiguration {
  readonly hosts: readonly PassedHost[];
  /** Names that it gives to groups of servers, which stand in place of a host. */
  readonly groups: readonly string[];
  /** True when it takes in files beyond those that each configuration of its kind does; they may name groups. */
  readonly includesMore: boolean;
}

/** Name and port, behind a scheme or not; nothing that holds a dot, a variable or an address. */
const AUTHORITY = /^((?:[a-z][a-z0-9+.-]*:\/\/)?)([a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)(?::(\d{1,5}))?(?=\/|$)/i;

/**
 * The host of an address such as `http://comments:8181/api` or `web:80`; `at` is where the address stands. Undefined for a name
 * with a dot, which is looked up elsewhere, for numbers, `localhost`, sockets, `A_PLACEHOLDER` in capitals, and where a variable
 * is part of it.
 */
export function passedHost(address: string, at: number): PassedHost | undefined {
  const [, scheme = "", host = "", port] = AUTHORITY.exec(address) ?? [];
  if (!host || /^\d+$|^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(host) || /^(?:localhost|unix)$/i.test(host))
    return undefined;
  const start = at + scheme.length;
  const end = start + host.length;
  return {
    host,
    start,
    end,
    port: port === undefined ? undefined : Number(port),
    portAt: port === undefined ? undefined : { start: end + 1, end: end + 1 + port.length },
  };
}
