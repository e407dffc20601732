import { isOwn } from "../../model/stage/holding-stage.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import { says, saysText } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { secretPath } from "../knowledge/secrets/secret-mounts.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";

export const secretMountUnread = instructionRule({
  id: "secret-mount-unread",
  title: "Secret read at a path where none is mounted",
  severity: "warning",
  tags: ["build"],
  aliases: ["S33", "secret-id-path-mismatch"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN that reads \`/run/secrets/<name>\` while its \`--mount=type=secret\` has another id or target, or it has none.`,
    why: source`
      A secret is mounted at \`/run/secrets/<id>\` where no target is written (Dockerfile reference). At any other path there is
      nothing: the command fails, or goes on with an empty password.`,
    bad: source`
      FROM alpine:3.24
      RUN --mount=type=secret,id=api_token wget --header "Token: $(cat /run/secrets/api-token)" https://example.com/x
                                                                       ^^^^^^^^^^^^^^^^^^^^^^ secret-mount-unread: No secret is mounted at /run/secrets/api-token.`,
    good: source`
      FROM alpine:3.24
      RUN --mount=type=secret,id=api_token wget --header "Token: $(cat /run/secrets/api_token)" https://example.com/x`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const secrets = mountsOf(run).filter((it) => it.type === "secret");
    if (secrets.length === 0) {
      checkUnmounted(run, stage, report);
      return;
    }
    const paths = secrets.map(secretPath);
    if (paths.includes(undefined) || mountsFolder(run)) return;
    const texts = [run.rest, ...run.hereDocuments.map((it) => it.text)];
    const reads = texts.flatMap((text) =>
      [...text.text.matchAll(READ)].map((it) => ({ path: it[0], at: it.index, text })),
    );
    const whole = texts.map((it) => it.text).join("\n");
    const unread = paths.flatMap((it) => (it && !whole.includes(it) ? [it] : []));
    const wrong = reads.filter(
      (it) => !paths.includes(it.path.replace(/^\/var/, "")) && !isThere(it.path, run, stage),
    );
    for (const { path, at, text } of wrong) {
      const span = text.spanOf(at, at + path.length);
      const [only] = unread;
      const isPlain = unread.length === 1 && new Set(wrong.map((it) => it.path)).size === 1;
      const isWritten = span.end - span.start === path.length;
      const fixes: readonly Fix[] =
        only !== undefined && isPlain && isWritten
          ? [{ kind: "safe", title: `Read ${only}`, edits: [replace(span, only)] }]
          : [];
      report(span, `No secret is mounted at ${path}.`, {
        related: secrets.map((it) => ({ message: `This one is at ${secretPath(it)}.`, span: it.flag.span })),
        fixes,
      });
    }
  },
});

/** A whole name: not what goes on with a variable or a further folder. Of the folder's name its last letter is often left out. */
const READ = /(?<![\w/])(?:\/var)?\/run\/secrets?\/[\w.-]*\w(?![\w$*?{[/.-])/g;

/** A command that reads one, where nothing at all is mounted. What is asked for first, or is written there, says nothing. */
function checkUnmounted(run: Instruction, stage: Stage, report: Report): void {
  const { text } = run.rest;
  if (run.exec || !text.includes(FOLDER) || run.hereDocuments.length > 0 || mountsFolder(run)) return;
  const script = stage.scriptOf(run);
  const readers = script?.complete ? script.commands.filter(readsAlways) : [];
  const reads = readers.flatMap((it) => it.arguments).filter((it) => READ_WHOLE.test(it.literal ?? ""));
  const [first] = reads;
  const path = first?.literal;
  if (!first || path === undefined || text.split(FOLDER).length - 1 > reads.length) return;
  if (isThere(path, run, stage) || isMade(run, stage)) return;
  const mount = ` --mount=type=secret,id=${baseName(path)}`;
  report(first.span, `No secret is mounted at ${path}: this RUN has no --mount=type=secret.`, {
    fixes: isOwn(run, stage)
      ? [{ kind: "unsafe", title: `Mount ${baseName(path)}`, edits: [insert(run.keyword.end, mount)] }]
      : [],
  });
}

const FOLDER = "/run/secrets/";
const READ_WHOLE = /^(?:\/var)?\/run\/secrets\/[\w.-]*\w$/;

function readsAlways({ name, conditional, mayFail, subshell, after }: Command): boolean {
  return (
    /^(?:cat|\.|source)$/.test(name?.literal ?? "") &&
    !conditional &&
    after !== "||" &&
    (!mayFail || subshell)
  );
}

/** Does anything above write to the folder? */
function isMade(run: Instruction, stage: Stage): boolean {
  const others = [...stagesDownFrom(stage)].flatMap((it) => it.instructions);
  return others.some(
    (it) =>
      it.span.start < run.span.start && (it.name === "RUN" ? says(WRITES, it) : saysText("run/secrets", it)),
  );
}

const WRITES = /(?:>|\b(?:mkdir|cp|mv|tee|install|ln|touch)\b).*run\/secrets/;

/** Another mount may bring a whole folder of them. */
function mountsFolder(run: Instruction): boolean {
  return mountsOf(run).some((it) => it.type !== "secret" && /\/run/.test(it.flag.value ?? ""));
}

function isThere(path: string, run: Instruction, stage: Stage): boolean {
  return stage.before(run).hasPath(path).is === "yes";
}
