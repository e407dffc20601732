import { expandWord, UNKNOWN } from "../expand.ts";
import { type Check, missingArguments } from "./report.ts";

export const checkPorts: Check = (instruction, reports, escapeCharacter) => {
  if (instruction.words.length === 0) missingArguments(instruction, reports);
  for (const { raw, span } of instruction.words) {
    // Nearly all are one number.
    if (PLAIN_PORT.test(raw) && Number.parseInt(raw, 10) <= MOST) continue;
    // What a variable makes of it, nobody can say here; an empty port is left out.
    const { value = "" } = expandWord(raw, () => UNKNOWN, escapeCharacter);
    if (value === "" || /\s/.test(value) || isPort(value)) continue;
    const message = `\`${raw}\` is no port; write e.g. \`8080\`, \`8080/udp\` or \`8000-8010\`.`;
    reports.report("invalid-port", message, span);
  }
};

const PLAIN_PORT = /^\d{1,5}(?:\/(?:tcp|udp))?$/;
const MOST = 65_535;

/**
 * `[[address:]host:]port[/protocol]`, each port a number or a range. BuildKit goes on with an address and a host
 * port, though it ignores them.
 */
function isPort(text: string): boolean {
  const [spec = "", protocol = "", ...more] = text.split("/");
  if (more.length > 0 || !/^(?:tcp|udp|sctp)?$/i.test(protocol)) return false;
  const [, address, host, port = ""] = /^(?:(?:(.*):)?([^:]*):)?([^:]*)$/.exec(spec) ?? [];
  return isRange(port) && (!host || isRange(host)) && (!address || isAddress(address));
}

function isRange(text: string): boolean {
  const match = /^\+?(\d+)(?:-\+?(\d+))?$/.exec(text);
  if (!match) return false;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= MOST;
}

/** IPv4 without leading zeros; of IPv6 only that it could be one. */
function isAddress(text: string): boolean {
  if (text.includes(":") || text.startsWith("[")) return true;
  const parts = text.split(".");
  return parts.length === 4 && parts.every((it) => /^(?:0|[1-9]\d{0,2})$/.test(it) && Number(it) <= 255);
}
