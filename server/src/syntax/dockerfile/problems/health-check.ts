import { nearestName } from "../../../text/nearest-name.ts";
import { readDuration } from "../duration.ts";
import type { Flag } from "../tree.ts";
import { type Check, missingArguments, type Report } from "./report.ts";

const DURATIONS: ReadonlySet<string> = new Set(["interval", "timeout", "start-period", "start-interval"]);
const NANOSECONDS_PER_MILLISECOND = 1e6;

export const checkHealthCheck: Check = (instruction, reports) => {
  const { words, flags } = instruction;
  const { report } = reports;
  const [type, ...command] = words;
  if (!type) {
    missingArguments(instruction, reports);
    return;
  }
  const kind = type.raw.toUpperCase();
  if (kind === "NONE") {
    if (command[0])
      report("unexpected-arguments", "HEALTHCHECK NONE takes nothing behind it.", command[0].span);
    return;
  }
  if (kind !== "CMD") {
    const message = `HEALTHCHECK is followed by \`CMD\` and a command, or by \`NONE\`, not by \`${type.raw}\`.`;
    report("unknown-health-check", message, type.span, nearestName(type.raw, ["CMD", "NONE"]));
  } else if (command.length === 0) {
    report("missing-command", "HEALTHCHECK CMD needs a command.", type.span);
  }
  for (const flag of flags) {
    if (flag.value === undefined || flag.value === "") continue;
    if (DURATIONS.has(flag.name)) checkDuration(flag, report);
    if (flag.name === "retries") checkRetries(flag, report);
  }
};

function checkDuration({ name, value = "", valueSpan, span }: Flag, report: Report): void {
  const nanoseconds = readDuration(value);
  if (nanoseconds === undefined) {
    const message = `\`${value}\` is no duration; write e.g. \`30s\`, \`1m30s\` or \`500ms\`, without variables.`;
    report("invalid-duration", message, valueSpan ?? span);
  } else if (nanoseconds !== 0 && nanoseconds < NANOSECONDS_PER_MILLISECOND) {
    report("duration-too-short", `\`--${name}\` cannot be less than 1ms.`, valueSpan ?? span);
  }
}

function checkRetries({ value = "", valueSpan, span }: Flag, report: Report): void {
  const retries = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (retries >= 0 && retries < 2 ** 31) return;
  report("invalid-retries", "`--retries` is a whole number and not negative.", valueSpan ?? span);
}
