import type { ShellWord } from "../../../syntax/shell/script.ts";
import { type GivenWords, readOptions } from "../shell/shell-options.ts";

/** A user or group that a command needs to be there. */
export interface NamedAccount {
  readonly what: "user" | "group";
  readonly name: string;
  /** What names it, with others where it stands in one word with them. */
  readonly word: ShellWord;
}

/**
 * The users and groups that a call of one of these programs fails without, by their names; ids need no entry (BusyBox's were
 * tried 2026-11; those of GNU, shadow and Debian's adduser as generally known).
 *
 * @param program without its directory
 */
export function namedAccounts(program: string, words: readonly ShellWord[]): readonly NamedAccount[] {
  if (!Object.hasOwn(READERS, program)) return [];
  return READERS[program]?.(words).filter(({ name }) => NAME.test(name)) ?? [];
}

/** Never a number, and nothing that is expanded. */
const NAME = /^[a-zA-Z_][\w-]*$/;

type Reader = (words: readonly ShellWord[]) => readonly NamedAccount[];

const user = (word: ShellWord | undefined) => named("user", word);
const group = (word: ShellWord | undefined) => named("group", word);

function named(what: NamedAccount["what"], word: ShellWord | undefined): readonly NamedAccount[] {
  return word?.literal === undefined ? [] : [{ what, name: word.literal, word }];
}

/** `user`, `user:group`, `:group`. */
function owner(word: ShellWord | undefined): readonly NamedAccount[] {
  const [name = "", ofGroup = ""] = word?.literal?.split(":") ?? [];
  return word
    ? [
        { what: "user", name, word },
        { what: "group", name: ofGroup, word },
      ]
    : [];
}

function groupsOf({ options }: GivenWords, ...names: readonly string[]): readonly NamedAccount[] {
  return options.flatMap(({ name, value, valueWord, word }) =>
    names.includes(name) && value !== undefined
      ? value.split(",").map((it) => ({ what: "group" as const, name: it, word: valueWord ?? word }))
      : [],
  );
}

const CHANGING: Reader = (words) => {
  const { options, operands } = readOptions(words, "from reference");
  return options.some((it) => it.name === "from" || it.name === "reference") ? [] : owner(operands[0]);
};

const SHADOW_VALUED =
  "b c d e f g G k K p P R s u Z uid gid groups shell home-dir home comment password base-dir key skel expiredate inactive root prefix l login new-name n";
const ADDUSER_VALUED =
  "h g s G k u home gecos shell ingroup uid gid firstuid lastuid add_extra_groups conf comment";

/** In another root there are other accounts. */
function isElsewhere({ options }: GivenWords): boolean {
  return options.some((it) => /^(R|P|root|prefix)$/.test(it.name));
}

const SHADOW_USER: Reader = (words) => {
  const given = readOptions(words, SHADOW_VALUED);
  return isElsewhere(given) ? [] : groupsOf(given, "g", "gid", "G", "groups");
};

/** `adduser app web`: both are there already. */
const JOINING: Reader = (words) => {
  const { options, operands } = readOptions(words, ADDUSER_VALUED);
  const [one, other, ...more] = operands;
  if (other && more.length === 0) return [...user(one), ...group(other)];
  // Debian's says `--ingroup`; its `-g` of addgroup is an id, and BusyBox's of adduser a comment.
  return groupsOf({ options, operands }, "G", "ingroup");
};

/** With nothing but these options, as what others mean is not known. */
function firstOperand(known: string, read: (word: ShellWord | undefined) => readonly NamedAccount[]): Reader {
  const names = new Set(known.split(" "));
  return (words) => {
    const { options, operands } = readOptions(words, "");
    return operands.length === 1 && options.every((it) => names.has(it.name)) ? read(operands[0]) : [];
  };
}

const READERS: Readonly<Record<string, Reader>> = {
  chown: CHANGING,
  chgrp: (words) => {
    const { options, operands } = readOptions(words, "reference");
    return options.some((it) => it.name === "reference") ? [] : group(operands[0]);
  },
  install: (words) => {
    const { options } = readOptions(words, "m o g t S mode owner group target-directory suffix");
    return options.flatMap(({ name, valueWord }) =>
      name === "o" || name === "owner"
        ? user(valueWord)
        : name === "g" || name === "group"
          ? group(valueWord)
          : [],
    );
  },
  su: (words) => {
    const { operands } = readOptions(
      words,
      "c s g G w T command shell group supp-group whitelist-environment",
    );
    return user(operands.find((it) => it.raw !== "-"));
  },
  gosu: (words) => owner(words[0]),
  "su-exec": (words) => owner(words[0]),
  useradd: SHADOW_USER,
  usermod: (words) => {
    const given = readOptions(words, SHADOW_VALUED);
    return isElsewhere(given) ? [] : [...user(given.operands.at(-1)), ...SHADOW_USER(words)];
  },
  adduser: JOINING,
  addgroup: JOINING,
  userdel: firstOperand("r f remove force", user),
  deluser: firstOperand("remove-home", user),
  groupdel: firstOperand("f force", group),
  delgroup: firstOperand("", group),
  passwd: firstOperand("d l u delete lock unlock", user),
};

export const NAMING_ACCOUNTS: readonly string[] = Object.keys(READERS);
