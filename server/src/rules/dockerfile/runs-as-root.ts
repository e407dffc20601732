import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { mayStepDown } from "../knowledge/started/step-down.ts";
import { unusedUser, userFor } from "../knowledge/users/users.ts";
import { type Fix, stageRule } from "../rule.ts";
import { insertAbove, insertBelow } from "../writing/dockerfile/lines.ts";

export const runsAsRoot = stageRule({
  id: "runs-as-root",
  title: "Container runs as root",
  severity: "warning",
  tags: ["security"],
  aliases: [
    "DL3002",
    "CKV_DOCKER_3",
    "CKV_DOCKER_8",
    "DS-0002",
    "CIS-DI-0001",
    "S6471",
    "user-created-unused",
    "user-created-but-never-used",
  ],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a final stage whose user is certainly root: its base image says so and no USER changes it, or the last
      USER is root. Silent for databases and other images that start as root and step down by themselves, for a
      script as entrypoint that may do so, for \`sshd\` and \`cron\`, and for a stage on \`scratch\` that starts nothing, or
      only a shell, and has no USER.`,
    why: source`
      Whoever breaks into a process that runs as root owns everything in the container, and has a much shorter way
      out of it. A service rarely needs more than to read its files and to open a port, and Docker lets every user open
      port 80.`,
    bad: source`
      FROM alpine:3.24
           ^^^^^^^^^^^ runs-as-root: The container runs as root: nothing here sets another user.
      COPY api /usr/local/bin/
      ENTRYPOINT ["/usr/local/bin/api"]`,
    good: source`
      FROM alpine:3.24
      RUN adduser -D -u 10001 app
      COPY api /usr/local/bin/
      USER 10001
      ENTRYPOINT ["/usr/local/bin/api"]`,
  },

  check(stage, report) {
    const { user } = stage.result;
    if (!stage.isFinal || !user.known || !user.value.isRoot) return;
    // Whoever names a user means the image to be run, whatever it starts.
    if ((isExport(stage) && !user.value.instruction) || mayStepDown(stage)) return;

    // A user that was made for the service and forgotten is the same mistake, seen from the other end.
    const unused = unusedUser(stage);
    const related = [
      ...user.because,
      ...(unused
        ? [
            {
              message: `${unused.name} is created here, and nothing runs as it.`,
              span: unused.createdBy.span,
            },
          ]
        : []),
    ];
    const forgotten = unused ? ["user-created-unused", "user-created-but-never-used"] : [];
    const last = user.value.instruction;
    const word = last?.words[0];
    if (last && word) {
      report(word.span, "The container runs as root: this is the last USER.", {
        related,
        fixes: fixesOf(stage, last),
        aliases: ["DL3002", "CKV_DOCKER_8", "DS-0002", "CIS-DI-0001", "S6471", ...forgotten],
      });
    } else {
      report(
        stage.base.word?.span ?? stage.from.keyword,
        "The container runs as root: nothing here sets another user.",
        {
          related,
          fixes: fixesOf(stage, undefined),
          aliases: ["CKV_DOCKER_3", "DS-0002", "CIS-DI-0001", "S6471", ...forgotten],
        },
      );
    }
  },
});

/**
 * An image on scratch is there to be exported or copied from when it starts nothing, and to be built on when it starts a
 * shell: a system without a service.
 */
function isExport(stage: Stage): boolean {
  const { entrypoint, command } = stage.result;
  if (stage.bottom.base.kind !== "scratch" || !entrypoint.known || !command.known) return false;
  const words = [...(entrypoint.value?.words ?? []), ...(command.value?.words ?? [])];
  return words.length === 0 || (words.length === 1 && SHELL.test(words[0]?.raw ?? ""));
}

const SHELL = /^(\/(usr\/)?bin\/)?(ba|da|a|z)?sh$/;

function fixesOf(stage: Stage, last: Instruction | undefined): Fix[] {
  const { file } = stage.model;
  const user = userFor(stage);
  // Below a here-document that nothing closes all is its text.
  const isOpen = stage.instructions.at(-1)?.hereDocuments.some((it) => !it.terminator);
  // Triggers run as the image's user in each build on top of it, and may need root there.
  const hasTriggers = stage.instructions.some((it) => it.name === "ONBUILD" && it.inner?.name !== "USER");
  if (!user || isOpen || hasTriggers) return [];
  const title = user.create ? `Create the user ${user.create.name} and run as it` : `Run as ${user.name}`;
  // By its number an orchestrator can tell that it is not root.
  const lines = [...(user.create ? [`RUN ${user.create.command}`] : []), `USER ${user.name}`];

  // What still builds as root has to stay above.
  const builds = stage.instructions.findLastIndex((it) =>
    ["RUN", "COPY", "ADD", "WORKDIR", "ONBUILD"].includes(it.name),
  );
  const tail = stage.instructions.slice(builds + 1);
  const word = last?.words[0];
  if (last && word && tail.includes(last) && lines.length === 1) {
    return [{ kind: "unsafe", title, edits: [replace(word.span, user.name)] }];
  }
  const start = tail.find((it) => it.name === "CMD" || it.name === "ENTRYPOINT");
  const edit =
    start && (!last || last.span.end <= start.span.start)
      ? insertAbove(file, start, ...lines)
      : insertBelow(file, stage.instructions.at(-1) ?? stage.from, ...lines);
  return [{ kind: "unsafe", title, edits: [edit] }];
}
