import type { CheckingCall, CheckingWord } from "./checking-calls.ts";

/** With what a client of a database logs in, as far as its words say. */
interface Login {
  readonly host: CheckingWord | undefined;
  readonly user: CheckingWord | undefined;
  readonly password: CheckingWord | undefined;
  readonly database: CheckingWord | undefined;
  /** Words that are no options. */
  readonly rest: readonly CheckingWord[];
}

/** How a client is told its login. */
interface LoginOptions {
  /** Letters with a value of their own, and what is in it. */
  readonly letters: Readonly<Record<string, keyof Login | "other">>;
  /** Letters that stand alone, or whose value may only stand at once behind them. */
  readonly alone: RegExp;
  readonly joined?: Readonly<Record<string, keyof Login>>;
  readonly names: Readonly<Record<string, keyof Login | "other">>;
  /** Long options that stand alone. */
  readonly flags: RegExp;
}

/** PostgreSQL's manual, psql and pg_isready (as generally known). */
export const POSTGRES_LOGIN: LoginOptions = {
  letters: {
    U: "user",
    d: "database",
    h: "host",
    p: "other",
    t: "other",
    c: "other",
    v: "other",
    P: "other",
  },
  alone: /^-[qAXwtl1]+$/,
  names: {
    username: "user",
    dbname: "database",
    host: "host",
    port: "other",
    timeout: "other",
    command: "other",
  },
  flags: /^--(?:quiet|no-password|no-psqlrc|tuples-only|no-align|list)$/,
};

/** The manual of MySQL, mysql client options (as generally known). */
export const MYSQL_LOGIN: LoginOptions = {
  letters: { u: "user", h: "host", P: "other", e: "other", D: "database" },
  alone: /^-[sNBC]+$/,
  joined: { p: "password" },
  names: {
    user: "user",
    host: "host",
    port: "other",
    execute: "other",
    database: "database",
    "connect-timeout": "other",
    protocol: "other",
  },
  flags: /^--(?:silent|skip-column-names|batch|skip-ssl|ssl=0)$/,
};

/** Undefined where an option or a word is not known. Offsets are those of the call. */
export function readLogin({ program, words }: CheckingCall, options: LoginOptions): Login | undefined {
  if (!words) return undefined;
  const found: { -readonly [Key in keyof Login]?: CheckingWord } = {};
  const rest: CheckingWord[] = [];
  // `-t` of `psql` stands alone, `-t` of `pg_isready` has a value.
  const takesValue = (letter: string) =>
    !(program.value === "psql" && letter === "t") && options.letters[letter] !== undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    const { value } = word;
    const put = (key: keyof Login | "other" | undefined, given: CheckingWord | undefined) => {
      if (key !== undefined && key !== "other" && given) found[key] = given;
    };
    const long = /^--([a-z-]+)(=)?/.exec(value);
    const name = long?.[1] ?? "";
    if (long && name === "password" && long[2] && options.joined) {
      found.password = behind(word, long[0].length);
    } else if (long && Object.hasOwn(options.names, name)) {
      const given = long[2] ? behind(word, long[0].length) : words[++at];
      if (!given) return undefined;
      put(options.names[name], given);
    } else if (long) {
      if (!options.flags.test(value)) return undefined;
    } else if (/^-[a-zA-Z]/.test(value)) {
      const letter = value.charAt(1);
      if (takesValue(letter)) {
        const given = value.length > 2 ? behind(word, 2) : words[++at];
        if (!given) return undefined;
        put(options.letters[letter], given);
      } else if (options.joined?.[letter] && value.length > 2) {
        put(options.joined[letter], behind(word, 2));
      } else if (options.alone.test(value.slice(0, -1)) && takesValue(value.slice(-1))) {
        // `-tAc 'SELECT 1'`
        const given = words[++at];
        if (!given) return undefined;
        put(options.letters[value.slice(-1)], given);
      } else if (!options.alone.test(value)) return undefined;
    } else rest.push(word);
  }
  const { host, user, password, database } = found;
  return { host, user, password, database, rest };
}

/** A word that is quoted as a whole has no place for its part. */
function behind(word: CheckingWord, length: number): CheckingWord {
  const isPlain = word.end - word.start === word.value.length;
  return { ...word, value: word.value.slice(length), start: isPlain ? word.start + length : word.start };
}
