import type { ShellWord } from "../../../syntax/shell/script.ts";
import { type GivenOption, readOptions } from "../../knowledge/shell/shell-options.ts";

/**
 * One call of useradd, groupadd or usermod in BusyBox's dialect, as Alpine has it (BusyBox 1.37 and shadow 4.18 manuals,
 * read 2026-11). Words are taken over as they are written. Undefined where an option says what the other dialect cannot.
 */
export function toBusyBox(program: string, words: readonly ShellWord[]): string | undefined {
  const { options, operands } = readOptions(words, SHADOW_VALUED);
  const [name, ...more] = operands;
  if (!name || more.length > 0) return undefined;
  const has = (...names: string[]) => options.some((it) => names.includes(it.name));
  if (program === "groupadd") {
    const parts = translate(options, { r: "-S", system: "-S", g: "-g", gid: "-g" });
    return parts && ["addgroup", ...parts, name.raw].join(" ");
  }
  if (program === "usermod") {
    const groups = options.find((it) => it.name === "G" || it.name === "groups");
    const isOneMore =
      has("a", "append") && options.every((it) => ["a", "append", "G", "groups"].includes(it.name));
    const isName = /^[\w.$"{}-]+$/.test(writtenValue(groups) ?? "");
    return isOneMore && isName ? `addgroup ${name.raw} ${writtenValue(groups)}` : undefined;
  }
  const isSystem = has("r", "system");
  const group = options.find((it) => it.name === "g" || it.name === "gid");
  // BusyBox takes the group's name only.
  if (group && !/^[A-Za-z_$"][\w.$"{}-]*$/.test(writtenValue(group) ?? "")) return undefined;
  const parts = translate(options, USERADD_TO_BUSYBOX);
  if (!parts || (has("m", "create-home") && has("M", "no-create-home"))) return undefined;
  const home = has("m", "create-home") ? [] : ["-H"];
  const kind = isSystem ? ["-S", "-D"] : ["-D"];
  // A user of the system joins nogroup there; shadow gives it a group of its own.
  const own = isSystem && !group ? ["-G", name.raw] : [];
  const user = ["adduser", ...kind, ...home, ...own, ...parts, name.raw].join(" ");
  return own.length > 0 ? `addgroup -S ${name.raw} && ${user}` : user;
}

/** The other way round, from BusyBox's or Debian's adduser and addgroup to the shadow package. */
export function toShadow(program: string, words: readonly ShellWord[]): string | undefined {
  const { options, operands } = readOptions(words, ADDUSER_VALUED);
  const [name, joined, ...more] = operands;
  if (!name || more.length > 0) return undefined;
  const has = (...names: string[]) => options.some((it) => names.includes(it.name));
  if (joined) return options.length === 0 ? `usermod -aG ${joined.raw} ${name.raw}` : undefined;
  if (program === "addgroup") {
    const parts = translate(options, { S: "-r", system: "-r", g: "-g", gid: "-g", quiet: "" });
    return parts && ["groupadd", ...parts, name.raw].join(" ");
  }
  const isSystem = has("S", "system");
  // Debian's `--group` alone makes a group and no user.
  if (has("group") && !isSystem) return undefined;
  const parts = translate(options, ADDUSER_TO_SHADOW);
  // BusyBox makes a home for users of the system too.
  const home = has("H", "no-create-home", "system") ? [] : ["-m"];
  // In both dialects a user of the system joins nogroup, and cannot log in.
  const group = isSystem && !has("group", "ingroup", "G") ? ["-g", "nogroup"] : [];
  const shell = isSystem && !has("s", "shell") ? ["-s", "/usr/sbin/nologin"] : [];
  return parts && ["useradd", ...home, ...group, ...shell, ...parts, name.raw].join(" ");
}

const SHADOW_VALUED =
  "b c d e f g G k K p R s u Z uid gid groups shell home-dir home comment password base-dir key skel root";
/** Options of adduser and addgroup, of BusyBox and of Debian, that take a value. */
export const ADDUSER_VALUED = "h g s G u k home shell uid gid ingroup gecos comment skel conf";

/** An empty text: the option says nothing in the other dialect. */
const USERADD_TO_BUSYBOX: Readonly<Record<string, string>> = {
  ...{ r: "", system: "", m: "", "create-home": "", M: "", "no-create-home": "" },
  ...{ l: "", "no-log-init": "", U: "", "user-group": "" },
  ...{ u: "-u", uid: "-u", g: "-G", gid: "-G", s: "-s", shell: "-s" },
  ...{ d: "-h", "home-dir": "-h", home: "-h", c: "-g", comment: "-g", k: "-k", skel: "-k" },
};
const ADDUSER_TO_SHADOW: Readonly<Record<string, string>> = {
  ...{
    D: "",
    "disabled-password": "",
    "disabled-login": "",
    H: "",
    "no-create-home": "",
    group: "",
    quiet: "",
  },
  ...{ S: "-r", system: "-r", u: "-u", uid: "-u", G: "-g", ingroup: "-g", s: "-s", shell: "-s" },
  ...{ h: "-d", home: "-d", g: "-c", gecos: "-c", comment: "-c", k: "-k", skel: "-k" },
};

function translate(
  options: readonly GivenOption[],
  table: Readonly<Record<string, string>>,
): string[] | undefined {
  const parts: string[] = [];
  for (const option of options) {
    const other = Object.hasOwn(table, option.name) ? table[option.name] : undefined;
    if (other === undefined) return undefined;
    if (other === "") continue;
    const value = writtenValue(option);
    if (option.value !== undefined && value === undefined) return undefined;
    parts.push(other, ...(value === undefined ? [] : [value]));
  }
  return parts;
}

/** The value as it is written, quotes and all. */
function writtenValue(option: GivenOption | undefined): string | undefined {
  if (!option) return undefined;
  if (option.valueWord) return option.valueWord.raw;
  const { value, word } = option;
  if (value === undefined) return undefined;
  return word.raw.startsWith("--") ? word.raw.slice(word.raw.indexOf("=") + 1) : value;
}
