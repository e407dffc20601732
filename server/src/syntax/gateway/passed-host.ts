/** A host that the configuration of a proxy passes requests to. Offsets are of the configuration's text. */
export interface PassedHost {
  readonly host: string;
  readonly start: number;
  readonly end: number;
  readonly port: number | undefined;
  readonly portAt: { readonly start: number; readonly end: number } | undefined;
  /** It stands where no group can: as a server of a group. */
  readonly isServer?: true;
}

/** What one configuration says. */
export interface GatewayConfiguration {
  readonly hosts: readonly PassedHost[];
  /** Where it passes requests to a port of `localhost` or `127.0.0.1`, which is its own container. */
  readonly loopbacks: readonly PassedHost[];
  /** Names that it gives to groups of servers, which stand in place of a host. */
  readonly groups: readonly string[];
  /** True when it takes in files beyond those that each configuration of its kind does; they may name groups. */
  readonly includesMore: boolean;
  /** Ports that it has the proxy listen on; undefined where that is not known, or not read. */
  readonly listens: readonly number[] | undefined;
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1)$/i;

/** What was found in a configuration, `localhost` apart from the others. */
export function configurationOf(
  passed: readonly PassedHost[],
  groups: readonly string[] = [],
  includesMore = false,
  listens: readonly number[] | undefined = undefined,
): GatewayConfiguration {
  const hosts = passed.filter((it) => !LOOPBACK.test(it.host));
  const loopbacks = passed.filter((it) => LOOPBACK.test(it.host) && it.port !== undefined);
  return { hosts, loopbacks, groups, includesMore, listens };
}

/** Name and port, behind a scheme or not; nothing that holds a dot, a variable or an address. */
const AUTHORITY =
  /^((?:[a-z][a-z0-9+.-]*:\/\/)?)(127\.0\.0\.1|[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)(?::(\d{1,5}))?(?=\/|$)/i;

/**
 * The host of an address such as `http://comments:8181/api` or `web:80`; `at` is where the address stands. Undefined for a
 * name with a dot, which is looked up elsewhere, for numbers, sockets, `A_PLACEHOLDER` in capitals, and where a variable is part of it.
 */
export function passedHost(address: string, at: number): PassedHost | undefined {
  const [, scheme = "", host = "", port] = AUTHORITY.exec(address) ?? [];
  if (!host || /^\d+$|^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(host) || /^unix$/i.test(host)) return undefined;
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
