import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { hasTool } from "../../model/compose/tools.ts";
import { baseName } from "../../model/stage/paths.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { ShellReader } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { checkingCalls } from "../knowledge/compose/checking-calls.ts";
import { isShellOnly } from "../knowledge/shell/shell-only.ts";
import { probeTools, readProbe } from "../knowledge/started/http-probe.ts";
import { composeRule, type Fix } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";
import { imageReasons } from "../writing/compose/image-reasons.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serviceHealthcheckToolMissing = composeRule({
  id: "service-healthcheck-tool-missing",
  title: "Health check of a service with a tool that its image lacks",
  severity: "warning",
  tags: ["run"],
  aliases: ["S74"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`healthcheck.test\` when its program is certainly not in the image or the Dockerfile's stage that the service
      runs, and a test for a shell where there is none.`,
    why: source`
      The check fails whatever the service does. The container becomes unhealthy, and services that wait for it with
      \`condition: service_healthy\` never start.`,
    bad: source`
      services:
        cache:
          image: redis:8-alpine
          healthcheck:
            test: curl -f http://127.0.0.1:6379 || exit 1
                  ^^^^ service-healthcheck-tool-missing: curl is not in the image of cache.`,
    good: source`
      services:
        cache:
          image: redis:8-alpine
          healthcheck:
            test: ["CMD", "redis-cli", "ping"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const call = missingCall(service, project);
      if (!call) continue;
      const there = hasTool(service, call.program);
      const message =
        call.program === SHELL
          ? `The test needs a shell, and the image of ${service.name.value} has none.`
          : `${call.program} is not in the image of ${service.name.value}.`;
      once(call.span, message, {
        related: imageReasons(there.because, service),
        fixes: replacements(project, service, call),
      });
    }
  },
});

const SHELL = "/bin/sh";

interface Call {
  readonly program: string;
  readonly span: Span;
  /** Words behind the program; undefined when they are not plain. */
  readonly words: readonly string[] | undefined;
  /** The whole test, where a shell would read it. */
  readonly line?: string;
}

/** The first call on which the test depends and whose program is certainly not there. */
function missingCall(service: Service, { files }: ComposeProject): Call | undefined {
  for (const call of callsOf(service, files.shell)) {
    const there = hasTool(service, call.program).is;
    if (there === "no") return call;
    // What is not known may install the next one, or say where it is.
    if (there !== "yes" && !CHANGES_NOTHING.has(call.program)) return undefined;
  }
  return undefined;
}

const CHANGES_NOTHING = new Set("test [ true echo printf".split(" "));

function callsOf(service: Service, shell: ShellReader | undefined): readonly Call[] {
  const { healthcheck, imageBuild: build, imageFacts } = service;
  const [kind, first, ...rest] = healthcheck?.test ?? [];
  if (!healthcheck || healthcheck.disabled || !kind || !first?.value) return [];
  if (kind.value === "CMD") {
    const words = rest.map((it) => it.value);
    const own = { program: first.value, span: first.span, words };
    return isShell(first.value) ? [own, ...scriptCalls(service, shell)] : [own];
  }
  if (kind.value !== "CMD-SHELL") return [];
  const hasShell = build ? build.stage?.result.hasShell.is : shellOf(imageFacts?.shell);
  if (hasShell === "no") return [{ program: SHELL, span: first.span, words: undefined, line: first.value }];
  return scriptCalls(service, shell);
}

function isShell(program: string): boolean {
  return /^(?:ba|da|a)?sh$/.test(baseName(program));
}

function shellOf(shell: string | undefined): "yes" | "no" | "unknown" {
  return shell === "none" ? "no" : shell === undefined ? "unknown" : "yes";
}

/** What has to succeed in the script of the test, up to a word that only a shell understands. */
function scriptCalls(service: Service, shell: ShellReader | undefined): readonly Call[] {
  const calls = checkingCalls(service, shell);
  const end = calls.findIndex(({ path }) => path === "" || path.includes(HOLE) || isShellOnly(path));
  return calls.slice(0, end < 0 ? undefined : end).map(({ path, program, words, sought }) => {
    const plain = words?.map((it) => it.value);
    const isAlone = calls.length === 1 && sought === undefined;
    return {
      program: path,
      span: program.text.spanOf(program.start, program.end),
      words: isAlone && plain?.every((it) => /^[\w@%+=:,./?-]+$/.test(it)) ? plain : undefined,
    };
  });
}

/** The test of the server, or the same request with a tool that is there. */
function replacements(project: ComposeProject, service: Service, call: Call): readonly Fix[] {
  const test = entryAt(entryAt(service.node, "healthcheck")?.value, "test")?.value;
  const written = test && project.file.text.slice(test.span.start, test.span.end);
  if (!test || test.viaAlias || service.node?.viaAlias || written?.includes("#")) return [];
  // A block of several lines has an end of its own.
  if (test.kind === "sequence" ? !test.flow : written?.includes("\n")) return [];
  const own = serverOf(service)?.readyTest(service);
  const fixes: Fix[] = own
    ? [{ kind: "unsafe", title: "Ask with the image's own program", edits: [replace(test.span, own)] }]
    : [];
  fixes.push(...withoutShell(call, test.span), ...imagesOwn(project, service));
  const words = requestWords(service, call);
  if (words)
    fixes.push({
      kind: "unsafe",
      title: `Ask with ${words[0]}, which is there`,
      edits: [replace(test.span, execForm(["CMD", ...words]))],
    });
  return fixes;
}

/** What needs no shell is run as it is. */
function withoutShell({ program, line }: Call, span: Span): readonly Fix[] {
  const words = line?.trim().split(/\s+/) ?? [];
  if (program !== SHELL || !words.every((it) => /^[\w@%+=:,./?-]+$/.test(it)) || words[0]?.includes("="))
    return [];
  return [
    { kind: "unsafe", title: "Run it without a shell", edits: [replace(span, execForm(["CMD", ...words]))] },
  ];
}

/** The Dockerfile says how the image is asked; without a test of its own the service takes that. */
function imagesOwn({ file }: ComposeProject, { node, imageBuild: build }: Service): readonly Fix[] {
  const own = build?.stage?.result.healthcheck;
  const entry = entryAt(node, "healthcheck");
  if (!own?.known || !own.value?.command || !node || entry?.value?.kind !== "mapping") return [];
  const test = entryAt(entry.value, "test");
  const edits =
    entry.value.entries.length === 1
      ? removeEntry(file, node, entry)
      : test && removeEntry(file, entry.value, test);
  return edits ? [{ kind: "unsafe", title: "Take the health check of the Dockerfile", edits }] : [];
}

function requestWords(service: Service, { program, words }: Call): readonly string[] | undefined {
  const state = service.imageBuild?.stage?.result;
  const probe = words && /^(?:curl|wget)$/.test(program) ? readProbe(program, words) : undefined;
  const tool = probe && probeTools.find((it) => hasTool(service, it.name).is === "yes");
  if (!probe || !tool) return undefined;
  return tool.words(probe, {
    os: state?.os ?? osOf(service),
  });
}

function osOf({ imageFacts }: Service) {
  const os = imageFacts?.os;
  return os ? ({ known: true, value: os, because: [] } as const) : ({ known: false, because: [] } as const);
}
