import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { type Command, notedOnScript, type ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isInFrontOf } from "../knowledge/shell/script-flow.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { factsBelow } from "../knowledge/users/user-ids.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";

export const userIdTaken = commandRule({
  id: "user-id-taken",
  title: "New user with an id that the base image gave away",
  severity: "error",
  tags: ["build"],
  aliases: ["S27", "uid-already-taken"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`useradd\`, \`adduser\`, \`groupadd\` and \`addgroup\` with an id that a user of the base image certainly has:
      1000 is \`node\` in \`node\` images and \`ubuntu\` in Ubuntu 23.04 and later.`,
    why: source`
      The command fails and the build with it. Run as the user that is there, delete it first, or take another id.`,
    bad: source`
      FROM node:24-alpine
      RUN adduser -D -u 1000 app
                        ^^^^ user-id-taken: 1000 is the id of node in this image.`,
    good: source`
      FROM node:24-alpine
      RUN adduser -D -u 1001 app`,
  },
  programs: ["useradd", "adduser", "groupadd", "addgroup"],

  check(call, report) {
    const { command, instruction, stage } = call;
    const id = mayFail(command) ? undefined : idOf(call);
    const users = factsBelow(stage)?.users;
    if (!id || !users || sharesId(command)) return;
    const names = Object.keys(users).filter((it) => users[it] === id.id);
    const holder = names.find((it) => stage.before(instruction).hasUser(it).is === "yes");
    const isGroup = call.program.includes("group");
    if (holder === undefined || (isGroup && !hasOwnGroup(stage, holder)) || mayHaveChanged(call)) return;
    const what = isGroup ? "the id of the group" : "the id of";
    const written =
      id.variable === undefined ? `${id.id}` : `${id.id}, which ${id.variable} is unless a build sets it,`;
    report(id.span, `${written} is ${what} ${holder} in this image.`, {
      related: stage.before(instruction).hasUser(holder).because,
      fixes: isGroup || id.variable !== undefined ? [] : freeId(id, users),
      severity:
        id.variable === undefined && failsRun(command, call.script, call.run, stage) ? "error" : "warning",
    });
  },
});

interface WrittenId {
  readonly id: number;
  readonly span: ShellWord["span"];
  /** The variable that holds it. */
  readonly variable?: string;
}

function idOf({
  program,
  command: { arguments: words, assignments, mayFail, conditional },
  script,
  instruction,
  stage,
}: CommandCall): WrittenId | undefined {
  // What the script itself sets is not followed; UID is bash's own.
  if (assignments.length > 0 || script.commands.some((it) => !it.name || it.name.literal === "export"))
    return undefined;
  const options = program.includes("group") ? ["-g", "--gid"] : ["-u", "--uid"];
  const at = words.findIndex((it) => options.includes(it.literal ?? ""));
  const word = at < 0 ? words.map((it) => valueBehindEquals(it, options)).find((it) => it) : words[at + 1];
  if (!word) return undefined;
  if (word.literal !== undefined && /^\d{1,6}$/.test(word.literal))
    return { id: Number(word.literal), span: word.span };
  // An ARG has its default unless somebody builds with another value.
  const [, name] = /^["']?\$\{?(\w+)\}?["']?$/.exec(word.raw) ?? [];
  const value =
    name === undefined || mayFail || conditional ? undefined : stage.before(instruction).variable(name);
  const { shellCommand } = stage.before(instruction);
  const isBash = !shellCommand.known || /bash$/.test(shellCommand.value[0] ?? "");
  return name !== undefined &&
    !(isBash && name === "UID") &&
    value?.known &&
    /^\d{1,6}$/.test(value.value) &&
    !word.raw.startsWith("'")
    ? { id: Number(value.value), span: word.span, variable: name }
    : undefined;
}

/** The value of `--uid=1000` as a word. */
function valueBehindEquals(
  { raw, literal, variables, span }: ShellWord,
  options: readonly string[],
): ShellWord | undefined {
  const option = options.find((it) => it.startsWith("--") && raw.startsWith(`${it}=`));
  if (option === undefined || span.end - span.start !== raw.length) return undefined;
  const from = option.length + 1;
  return {
    raw: raw.slice(from),
    literal: literal?.slice(from),
    variables,
    span: { start: span.start + from, end: span.end },
  };
}

/** `-o`: two names for one id are wanted. `groupadd -f` takes another id by itself. */
function sharesId({ name, arguments: words }: Command): boolean {
  const isGroup = name?.literal?.endsWith("groupadd") ?? false;
  if (isGroup && words.some((it) => /^(-[a-z]*f|--force)/.test(it.literal ?? it.raw))) return true;
  return words.some((it) => /^(-[a-zA-Z]*o[a-zA-Z]*|--non-unique|--allow-.*)$/.test(it.literal ?? it.raw));
}

/** Has something above, in this RUN or another, given a user another id? Deleted users are seen by the state. */
function mayHaveChanged({ script, command, instruction, stage }: CommandCall): boolean {
  const own = firstChangeIn(script);
  if (own && isInFrontOf(own, command, script)) return true;
  for (const it of stagesDownFrom(stage)) {
    const above = firstRunThatChanges(it);
    if (above && (it !== stage || above.span.start < instruction.span.start)) return true;
  }
  return false;
}

const firstChangeIn = notedOnScript(({ commands }) =>
  commands.find((it) =>
    /^(usermod|userdel|deluser|delgroup|groupdel|groupmod|sed|vipw|perl)$/.test(it.name?.literal ?? ""),
  ),
);

const firstRunThatChanges = notedOnStage((stage) =>
  stage.instructions.find((it) => {
    const script = it.name === "RUN" ? stage.commandsOf(it) : undefined;
    return script !== undefined && (!script.complete || firstChangeIn(script) !== undefined);
  }),
);

/** Images whose user has a group of its own with the same id (docker-node, Ubuntu's base files; read 2026-11). */
function hasOwnGroup(stage: Stage, user: string): boolean {
  return user === factsBelow(stage)?.name && ["node", "ubuntu"].includes(user);
}

function freeId({ id, span }: WrittenId, users: Readonly<Record<string, number>>): readonly Fix[] {
  const taken = new Set(Object.values(users));
  let free = id + 1;
  while (taken.has(free)) free++;
  return [{ kind: "unsafe", title: `Take the id ${free}`, edits: [replace(span, String(free))] }];
}
