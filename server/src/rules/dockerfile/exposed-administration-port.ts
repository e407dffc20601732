import { wordValue } from "../../model/stage/word-value.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const exposedAdministrationPort = instructionRule({
  id: "exposed-administration-port",
  title: "Port of a remote login exposed",
  severity: "info",
  tags: ["security"],
  aliases: ["DS-0004", "S6473", "CKV_DOCKER_1"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports EXPOSE of the ports of SSH (22), Telnet (23), Remote Desktop (3389) and VNC (5800, 5900).`,
    why: source`
      A container is looked into with \`docker exec\` and changed by building it again. A login of its own is one more
      service to keep up to date and one more door, and \`docker run -P\` opens it to the network.`,
    bad: source`
      FROM debian:trixie-slim
      EXPOSE 22 8080
             ^^ exposed-administration-port: 22 is the port of SSH.`,
    good: source`
      FROM debian:trixie-slim
      EXPOSE 8080`,
  },

  instructions: ["EXPOSE"],
  triggers: true,

  check(instruction, stage, report) {
    for (const word of instruction.words) {
      const [, port = ""] = /^(\d+)(?:\/tcp)?$/i.exec(wordValue(word, instruction, stage) ?? "") ?? [];
      const service = services.get(Number(port));
      if (service) report(word.span, `${port} is the port of ${service}.`);
    }
  },
});

/** IANA's registry of port numbers, read 2026-11. */
const services: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [23, "Telnet"],
  [3389, "Remote Desktop"],
  [5800, "VNC"],
  [5900, "VNC"],
]);
