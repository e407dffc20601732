import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const healthOptionMisplaced = instructionRule({
  id: "health-option-misplaced",
  title: "Option of HEALTHCHECK behind CMD",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`--interval\`, \`--timeout\`, \`--start-period\`, \`--start-interval\` and \`--retries\` as the first words of a
      health check's command. The fix puts them in front of CMD.`,
    why: source`
      What stands behind CMD is the command, and a shell finds no program named \`--interval=1m\`: the check fails each time,
      and the container is never healthy.`,
    bad: source`
      FROM alpine:3.24
      COPY health.sh /
      HEALTHCHECK CMD --interval=1m /health.sh
                      ^^^^^^^^^^^^^ health-option-misplaced: This is the first word of the command here: options of HEALTHCHECK stand in front of CMD.`,
    good: source`
      FROM alpine:3.24
      COPY health.sh /
      HEALTHCHECK --interval=1m CMD /health.sh`,
  },

  instructions: ["HEALTHCHECK"],

  check(instruction, { model }, report) {
    const command = instruction.inner;
    if (!command || command.exec) return;
    const { text } = command.rest;
    const [options = ""] = OPTIONS.exec(text) ?? [];
    const given = options.trimEnd();
    if (given === "") return;
    const span = command.rest.spanOf(0, given.length);
    const moved: Span = { start: command.span.start, end: command.rest.spanOf(0, options.length).end };
    const names = [...options.matchAll(/--([\w-]+)=/g)].map(([, name]) => name);
    const isPlain =
      options.length < text.length &&
      !holdsComment(model.file, moved) &&
      !instruction.flags.some((it) => names.includes(it.name));
    const keyword = model.file.text.slice(command.keyword.start, command.keyword.end);
    const newText = `${given} ${keyword} `;
    const fixes: Fix[] = isPlain
      ? [{ kind: "safe", title: "Put it in front of CMD", edits: [replace(moved, newText)] }]
      : [];
    const message =
      "This is the first word of the command here: options of HEALTHCHECK stand in front of CMD.";
    report(span, message, { fixes });
  },
});

const OPTIONS = /^(?:--(?:interval|timeout|start-period|start-interval|retries)=[\w.]+(?:\s+|$))+/;
