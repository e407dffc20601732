/**
 * `http://127.0.0.1:32768` of the first TCP port, of container port → address; undefined when none is published, or only where this machine
 * cannot go (`127.0.0.1:32768 on build-host`).
 */
export function urlOf(ports: Readonly<Record<string, string>>): string | undefined {
  const found = Object.entries(ports).find(
    ([port, address]) => (port.endsWith("/tcp") || !port.includes("/")) && !address.includes(" "),
  );
  if (!found) return undefined;
  const [port, address] = found;
  // An address of all interfaces is none to open.
  const host = address.replace(/^(0\.0\.0\.0|\[::\])/, "127.0.0.1");
  return `${/^(443|8443)\//.test(port) ? "https" : "http"}://${host}`;
}
