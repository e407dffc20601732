import { optionSet, readWords } from "../../../model/stage/commands/command-family.ts";
import { baseName } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import type { Span } from "../../../text/span.ts";

/** A user whom a command puts into a group beside the own one. */
export interface Membership {
  readonly user: string;
  readonly group: string;
  readonly span: Span;
}

/** Those that the RUNs of a stage certainly make, by name. What it is built on may make more. */
export const membershipsIn = notedOnStage((stage: Stage): readonly Membership[] =>
  stage.instructions.flatMap((instruction) =>
    instruction.name === "RUN" ? (stage.commandsOf(instruction)?.commands ?? []).flatMap(madeBy) : [],
  ),
);

/** Options with a value of useradd, usermod and gpasswd (shadow 4.17), and of adduser and addgroup; read 2026-11. */
const VALUED = optionSet(
  "-b -c -d -e -f -g -G -k -K -p -s -u -Z -h -a -d --uid --gid --groups --shell --home-dir --home --comment --password " +
    "--base-dir --key --ingroup --gecos --add",
);
const FLAG_A = optionSet([...VALUED].filter((it) => it !== "-a").join(" "));

function madeBy({ name, arguments: words, conditional, span }: Command): readonly Membership[] {
  const program = baseName(name?.literal ?? "");
  if (conditional || !PROGRAMS.has(program)) return [];
  const { options, operands } = readWords(
    words.map((it) => it.literal),
    program === "gpasswd" ? VALUED : FLAG_A,
  );
  const [first, second] = operands;
  const into = (user: string | undefined, groups: string | undefined): readonly Membership[] =>
    user === undefined || groups === undefined
      ? []
      : groups.split(",").flatMap((group) => (NAME.test(group) ? [{ user, group, span }] : []));
  switch (program) {
    case "useradd":
    case "usermod":
      return into(operands.at(-1), options.get("-G") ?? options.get("--groups"));
    case "gpasswd":
      return into(options.get("-a") ?? options.get("--add"), first);
    // `adduser user group`; the `-G` of BusyBox is the own group.
    default:
      return into(first, second);
  }
}

const PROGRAMS: ReadonlySet<string> = new Set(["useradd", "usermod", "gpasswd", "adduser", "addgroup"]);
const NAME = /^[a-z_][\w.-]*$/i;
