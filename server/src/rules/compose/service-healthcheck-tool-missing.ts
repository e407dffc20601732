import { removeEntry } from "../../model/compose/edit/remove-entry.ts";
import type { ComposeProject, Placed, Service } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { hasTool } from "../../model/compose/tools.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
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
      const call = callOf(service);
      if (!call) continue;
      const there = hasTool(service, call.program);
      if (there.is !== "no") continue;
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

/** The program that the test runs first; in shell form only when nothing else can answer for it. */
function callOf({ healthcheck, imageBuild: build, imageFacts }: Service): Call | undefined {
  const [kind, first, ...rest] = healthcheck?.test ?? [];
  if (!healthcheck || healthcheck.disabled || !kind || !first?.value) return undefined;
  if (kind.value === "CMD")
    return { program: first.value, span: first.span, words: rest.map((it) => it.value) };
  if (kind.value !== "CMD-SHELL") return undefined;
  const hasShell = build ? build.stage?.result.hasShell.is : shellOf(imageFacts?.shell);
  if (hasShell === "no") return { program: SHELL, span: first.span, words: undefined, line: first.value };
  return shellCall(first);
}

function shellOf(shell: string | undefined): "yes" | "no" | "unknown" {
  return shell === "none" ? "no" : shell === undefined ? "unknown" : "yes";
}

/** A first command behind which at most `|| exit 1` stands; the first of several may be there to fail. */
function shellCall(line: Placed<string>): Call | undefined {
  // What is handed on by a pipe does not matter: how its last program ends is how the test ends.
  const piped = /^\s*(?:echo|printf)\s[^|;&<>`]{1,500}\|(?!\|)/.exec(line.value)?.[0].length ?? 0;
  const match =
    /^\s*([\w./-]+)((?:\s+[^\s;&|<>()`]+)*)\s*(?:>\s*\/dev\/null\s*(?:2>&1)?\s*)?(\|\|\s*(?:exit\s+\d+|false)\s*)?$/.exec(
      line.value.slice(piped),
    );
  const program = match?.[1];
  if (!program || isShellOnly(program) || KEYWORDS.has(program)) return undefined;
  const words = (match[2] ?? "").trim().split(/\s+/).filter(Boolean);
  const isPlain = piped === 0 && words.every((it) => /^[\w@%+=:,./?-]+$/.test(it));
  // Its place is known only where the text is written as it is.
  const isWritten = line.span.end - line.span.start === line.value.length;
  const start = line.span.start + line.value.indexOf(program, piped);
  return {
    program,
    span: isWritten ? { start, end: start + program.length } : line.span,
    words: isPlain ? words : undefined,
  };
}

const KEYWORDS = new Set([
  "if",
  "while",
  "until",
  "for",
  "case",
  "test",
  "[",
  "true",
  "false",
  "echo",
  "kill",
]);

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
