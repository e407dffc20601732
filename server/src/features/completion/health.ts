import { probeTools } from "../../rules/knowledge/started/http-probe.ts";
import { healthCommand } from "../../rules/writing/dockerfile/health-command.ts";
import { type Candidate, escapeSnippet } from "./candidate.ts";
import { filesOf } from "./stage-paths.ts";
import type { Here } from "./state-at.ts";
import type { WrittenArgument } from "./written-argument.ts";

/** Commands that ask the port of a stage and work with what its image is known to hold, as they stand behind CMD. */
function probesIn({ state }: Here): readonly { readonly program: string; readonly command: string }[] {
  const port = /^\d+/.exec((state.ports.known ? state.ports.value[0] : undefined) ?? "")?.[0] ?? "8080";
  const probe = { url: `http://localhost:${port}/`, timeoutSeconds: undefined, insecure: false };
  return probeTools.flatMap((tool) => {
    const words = state.hasTool(tool.name).is === "yes" ? tool.words(probe, state) : undefined;
    return words ? [{ program: tool.name, command: healthCommand(words, state) }] : [];
  });
}

/** Behind `HEALTHCHECK`, options included. */
export function healthchecks(here: Here | undefined, argument: WrittenArgument): readonly Candidate[] {
  const whole = here ? probesIn(here) : [];
  return [
    ...whole.map(({ program, command }) =>
      argument.candidate(`CMD ${program}`, "keyword", {
        text: `CMD ${command}`,
        detail: `${program} is in the image`,
        documentation: `\`\`\`dockerfile\nHEALTHCHECK CMD ${command}\n\`\`\``,
        rank: 0,
      }),
    ),
    argument.candidate("CMD", "keyword", {
      text: 'CMD ["${1:program}"]',
      snippet: true,
      detail: "command that checks",
    }),
    argument.candidate("NONE", "keyword", { detail: "switch off the base image's check", rank: 2 }),
  ];
}

/** Behind `HEALTHCHECK CMD`: what asks the port, then the programs that were brought. */
export function healthCommands(here: Here, argument: WrittenArgument): readonly Candidate[] {
  if (argument.before.length > 0) return [];
  const probes = argument.inList ? [] : probesIn(here);
  return [
    ...probes.map(({ program, command }) =>
      argument.candidate(program, "value", {
        text: escapeSnippet(command),
        snippet: true,
        detail: "is in the image",
        documentation: `\`\`\`dockerfile\nHEALTHCHECK CMD ${command}\n\`\`\``,
        rank: 0,
      }),
    ),
    ...filesOf(here, argument).filter((it) => it.kind === "file"),
  ];
}
