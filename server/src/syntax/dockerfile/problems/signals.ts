import { expandWord, UNKNOWN } from "../expand.ts";
import { type Check, missingArguments } from "./report.ts";

/** Signals of Linux without `SIG` (moby/sys, signal/signal_linux.go, read 2026-11); the real-time ones are apart. */
const SIGNALS: ReadonlySet<string> = new Set(
  (
    "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP " +
    "TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ"
  ).split(" "),
);

export const checkSignal: Check = (instruction, reports, escapeCharacter) => {
  const [word] = instruction.words;
  if (!word) {
    missingArguments(instruction, reports);
    return;
  }
  const { value } = expandWord(word.raw, () => UNKNOWN, escapeCharacter);
  if (value === undefined || isSignal(value)) return;
  reports.report("unknown-signal", `\`${value}\` is no signal; write e.g. \`SIGTERM\` or \`15\`.`, word.span);
};

function isSignal(text: string): boolean {
  if (/^[+-]?\d+$/.test(text)) return Number(text) !== 0;
  const name = text.toUpperCase().replace(/^SIG/, "");
  if (SIGNALS.has(name)) return true;
  const realTime = /^(?:RTMIN(?:\+(\d+))?|RTMAX(?:-(\d+))?)$/.exec(name);
  return realTime !== null && Number(realTime[1] ?? 0) <= 15 && Number(realTime[2] ?? 0) <= 14;
}
