import { l10n, window } from "vscode";

/** The port that the image names is the one that one would type; a taken one is replaced by a free one. */
export function exposedPorts(exposed: readonly string[]): Record<string, number> {
  return Object.fromEntries(exposed.map((port) => [port, Number.parseInt(port, 10)]));
}

/** `8080:8080/tcp 0:9090/udp` */
export function portsAsText(ports: Readonly<Record<string, number>>): string {
  return Object.entries(ports)
    .map(([inside, outside]) => `${outside}:${inside}`)
    .join(" ");
}

/** Undefined when the user leaves. */
export async function askPorts(
  ports: Readonly<Record<string, number>>,
): Promise<Record<string, number> | undefined> {
  const text = await window.showInputBox({
    title: l10n.t("Ports"),
    prompt: l10n.t("Host port:container port, with spaces between; host port 0 takes a free one."),
    value: portsAsText(ports),
    validateInput: (it) => (parsePorts(it) ? undefined : l10n.t("For example 8080:8080/tcp 0:9090")),
  });
  return text === undefined ? undefined : parsePorts(text);
}

function parsePorts(text: string): Record<string, number> | undefined {
  const words = text.split(/\s+/).filter(Boolean);
  const pairs = words.map((word) => /^(\d{1,5}):(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(word));
  const isPort = (it: string | undefined) => Number(it) <= 65535;
  if (pairs.some((it) => it === null || !isPort(it[1]) || !isPort(it[2]) || Number(it[2]) === 0))
    return undefined;
  return Object.fromEntries(pairs.map((it) => [`${it?.[2]}/${it?.[3] ?? "tcp"}`, Number(it?.[1])]));
}
