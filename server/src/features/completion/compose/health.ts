import type { Service } from "../../../model/compose/project.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";
import { hasTool } from "../../../model/compose/tools.ts";
import { known, notKnown } from "../../../model/known.ts";
import { probeTools } from "../../../rules/knowledge/started/http-probe.ts";
import { codeBlock } from "../../markdown.ts";
import type { Asked, KeyProposal, Proposal } from "./asked.ts";
import { exposedPorts } from "./ports.ts";

interface Test {
  readonly program: string;
  /** The list as YAML. */
  readonly yaml: string;
  readonly detail: string;
  readonly rank: number;
}

/** Health checks that work in the image of a service, and where its programs are not known those that mostly do. */
function tests({ service }: Pick<Asked, "service">): readonly Test[] {
  if (!service) return [];
  const server = serverOf(service);
  const ready = server?.readyTest(service);
  if (server && ready !== undefined)
    return [
      {
        program: programOf(ready),
        yaml: ready,
        detail: `tells whether ${server.title} accepts connections`,
        rank: 0,
      },
    ];
  const port = exposedPorts({ service })[0]?.port ?? service.ports[0]?.target;
  const url = `http://127.0.0.1:${port ?? 8080}/`;
  return probeTools.flatMap(({ name, words }, at): Test[] => {
    const is = hasTool(service, name).is;
    const written =
      is === "no"
        ? undefined
        : words({ url, timeoutSeconds: undefined, insecure: false }, { os: systemOf(service) });
    if (!written || (is === "unknown" && at > 1)) return [];
    return [
      {
        program: name,
        yaml: `[${["CMD", ...written].map((it) => JSON.stringify(it)).join(", ")}]`,
        detail: is === "yes" ? "is in the image" : "if the image has it",
        rank: (is === "yes" ? 0 : 5) + at,
      },
    ];
  });
}

function systemOf({ imageBuild: build, imageFacts }: Service) {
  if (build) return build.stage?.result.os ?? notKnown<never>();
  return imageFacts?.os ? known(imageFacts.os) : notKnown<never>();
}

function programOf(yaml: string): string {
  const [, first = "", second = ""] =
    /"CMD(?:-SHELL)?", "([^"\s]+)(?:[^"]*)"(?:, "([^"]+)")?/.exec(yaml) ?? [];
  return first || second;
}

/** Behind `test:`. */
export function testValues(asked: Asked): readonly Proposal[] {
  return [
    ...tests(asked).map(({ program, yaml, detail, rank }) => ({
      label: program,
      yaml,
      ...{ kind: "value" as const, detail, documentation: codeBlock("yaml", `test: ${yaml}`), rank },
    })),
    {
      label: "CMD",
      yaml: '["CMD", "${1:program}"]',
      snippet: true,
      kind: "keyword",
      detail: "a program without a shell",
      rank: 20,
    },
    {
      label: "CMD-SHELL",
      yaml: '["CMD-SHELL", "${1:command}"]',
      snippet: true,
      kind: "keyword",
      detail: "a line for the shell of the image",
      rank: 21,
    },
    {
      label: "NONE",
      yaml: '["NONE"]',
      kind: "keyword",
      detail: "switches off the image's own check",
      rank: 22,
    },
  ];
}

/** The first entry of the list form. */
export function testWords({ cursor }: Asked): readonly Proposal[] {
  if (cursor.items.length > 0) return [];
  return [
    { label: "CMD", kind: "keyword", detail: "the words of a program follow", rank: 0 },
    { label: "CMD-SHELL", kind: "keyword", detail: "a line for the shell of the image follows", rank: 1 },
    { label: "NONE", kind: "keyword", detail: "switches off the image's own check", rank: 2 },
  ];
}

/** Lines of a whole health check. */
export function healthcheckLines(yaml: string): readonly string[] {
  return [`test: ${yaml}`, "interval: 10s", "timeout: 5s", "retries: 5", "start_period: 30s"];
}

/** `healthcheck` with one that works, for a service that has none. */
export function wholeHealthchecks(asked: Asked): readonly KeyProposal[] {
  if (asked.cursor.keys.has("healthcheck") || asked.cursor.inFlow || asked.cursor.hasColon) return [];
  return tests(asked)
    .filter((it) => it.rank < 5)
    .map(({ program, yaml, detail }) => ({
      label: `healthcheck with ${program}`,
      name: "healthcheck",
      detail,
      documentation: codeBlock("yaml", healthcheckLines(yaml).join("\n")),
      rank: 300,
      behind: { kind: "lines", lines: healthcheckLines(yaml).map(escaped) },
    }));
}

/** Of a snippet's text. */
export function escaped(line: string): string {
  return line.replace(/[\\$}]/g, "\\$&");
}
