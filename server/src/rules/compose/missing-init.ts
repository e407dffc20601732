import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import type { Service } from "../../model/compose/project.ts";
import { baseName } from "../../model/stage/paths.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";

export const missingInit = composeRule({
  id: "missing-init",
  title: "Service without an init process",
  severity: "hint",
  tags: ["run"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: false,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a service that is built from a Dockerfile, without \`init: true\` and with an entrypoint that is no init such as
      tini.`,
    why: source`
      The program is process 1 then: it gets no signal that it does not handle itself, so stopping it takes ten seconds, and
      processes that it leaves behind are never cleaned up.`,
    bad: source`
      services:
        api:
        ^^^ missing-init: The program of api is process 1 of its container.
          build: .`,
    good: source`
      services:
        api:
          build: .
          init: true`,
  },

  check(project, report) {
    if (!project.complete) return;
    for (const service of project.services.values()) {
      const { name, node, imageBuild: build, complete } = service;
      if (!node || !build?.stage || !complete || ["init", "extends"].some((it) => entryAt(node, it)))
        continue;
      if (hasInit(service) !== false) continue;
      const edits = appendEntry(project.file, node, { key: "init", value: "true" });
      report(name.span, `The program of ${name.value} is process 1 of its container.`, {
        fixes: edits ? [{ kind: "unsafe", title: "Start an init before it", edits }] : [],
      });
    }
  },
});

/** Undefined when it is not known what is started. */
function hasInit({ entrypoint, command, imageBuild: build }: Service): boolean | undefined {
  const state = build?.stage?.result;
  if (!state?.entrypoint.known || !state.command.known) return undefined;
  const words = [
    ...(entrypoint
      ? (entrypoint.words ?? [])
      : (state.entrypoint.value?.words.map((it) => it.raw.split(/\s/, 1)[0] ?? "") ?? [])),
    ...(command ? (command.words ?? []) : (state.command.value?.words.map((it) => it.raw) ?? [])),
  ];
  const [first] = words;
  return first === undefined ? undefined : INITS.test(baseName(first));
}

const INITS = /^(?:tini(?:-static)?|dumb-init|catatonit|init|systemd|s6-svscan|my_init|supervisord)$/;
