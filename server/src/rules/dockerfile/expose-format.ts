import { wordValue } from "../../model/stage/word-value.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { instructionRule, type Report } from "../rule.ts";

export const exposeFormat = instructionRule({
  id: "expose-format",
  title: "Port that EXPOSE does not take as it is written",
  severity: "warning",
  tags: ["clarity"],
  aliases: ["DL3011", "ExposeInvalidFormat", "ExposeProtoCasing", "DS-0008"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports an address or a port of the host in EXPOSE, a protocol that is not in lower case, and a variable whose
      value is above the highest port. Numbers and words that are no port at all are syntax errors.`,
    why: source`
      EXPOSE only notes which ports of the container are used. \`8080:80\` looks as if it published one, but everything
      in front of the last colon is dropped; publishing is done by \`docker run -p\` or by \`ports\` of a Compose file.`,
    bad: source`
      FROM nginx:1.30
      EXPOSE 8080:80
             ^^^^^^^ expose-format: EXPOSE takes ports of the container only: this is 80.
      EXPOSE 53/UDP
             ^^^^^^ expose-format: Protocols are written in lower case: 53/udp.`,
    good: source`
      FROM nginx:1.30
      EXPOSE 80 53/udp 8000-8010`,
  },

  instructions: ["EXPOSE"],

  check(instruction, stage, report) {
    for (const word of instruction.words) {
      if (!/[:/$]/.test(word.raw)) continue;
      const value = wordValue(word, instruction, stage);
      if (value !== undefined) checkPort(word, value, report);
    }
  },
});

/** As BuildKit cuts a port: everything up to the last colon is of the host (convert_expose.go, read 2026-11). */
const PORT = /^(.*:)?(\d+)(-\d+)?(\/(?:tcp|udp|sctp)?)?$/i;

const HIGHEST_PORT = 65_535;

function checkPort(word: Word, value: string, report: Report): void {
  const [matches, host = "", first = "", last = "", protocol = ""] = PORT.exec(value) ?? [];
  if (matches === undefined) return;
  const highest = Math.max(Number(first), Number(last.slice(1)));
  if (highest > HIGHEST_PORT) {
    // Written out it is a syntax error, and reported as such.
    if (word.raw !== value)
      report(word.span, `${word.raw} is ${value}, and ports end at ${HIGHEST_PORT}.`, {
        aliases: ["DL3011", "DS-0008"],
      });
    return;
  }
  const isForeign = /[^:]/.test(host);
  const lower = protocol.toLowerCase();
  const isCased = protocol !== lower;
  if (!isForeign && !isCased) return;
  const meant = first + last + lower;
  const message = isForeign
    ? `EXPOSE takes ports of the container only: this is ${meant}.`
    : `Protocols are written in lower case: ${meant}.`;
  report(word.span, message, {
    aliases: [...(isForeign ? ["ExposeInvalidFormat"] : []), ...(isCased ? ["ExposeProtoCasing"] : [])],
    fixes:
      word.raw === value
        ? [{ kind: "safe", title: `Replace ${value} with ${meant}`, edits: [replace(word.span, meant)] }]
        : [],
  });
}
