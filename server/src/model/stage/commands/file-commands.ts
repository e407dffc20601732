import type { Changes } from "../contents/changes.ts";
import type { NewOwner } from "../contents/file-register.ts";
import { baseName, joinPath } from "../paths.ts";
import {
  type Call,
  type CommandFamily,
  mayWriteBelowOperand,
  optionSet,
  pathOf,
  readWords,
  writeTo,
} from "./command-family.ts";

/** Those that take the next word. */
const NO_OPTIONS = optionSet("");
const MKDIR_OPTIONS = optionSet("-m --mode");
const EMPTY = { content: "empty" } as const;
const TOUCH_OPTIONS = optionSet("-d -t -r -s -m --date --size");

export const mkdir: CommandFamily = {
  programs: ["mkdir"],
  run(call, changes) {
    for (const operand of readWords(call.words, MKDIR_OPTIONS).operands) {
      const path = pathOf(call, operand);
      if (path === undefined) mayWriteBelowOperand(call, changes, undefined);
      else if (changes.now.hasPath(path).is !== "yes") changes.write(path, "directory", EMPTY);
    }
  },
};

export const touch: CommandFamily = {
  programs: ["touch", "truncate", "mkfifo", "dd"],
  run(call, changes) {
    if (call.program === "dd") {
      const output = call.words.find((it) => it === undefined || it.startsWith("of="));
      if (output !== undefined) writeTo(call, changes, output.slice(3));
      return;
    }
    for (const operand of readWords(call.words, TOUCH_OPTIONS).operands) {
      const path = pathOf(call, operand);
      if (path === undefined) writeTo(call, changes, operand);
      else if (!changes.now.fileAt(path))
        changes.write(
          path,
          "file",
          call.program === "touch" && changes.now.hasPath(path).is === "no" ? EMPTY : {},
        );
    }
  },
};

/** `tee` writes what it is given; on /etc/passwd and its like that may be users. */
export const tee: CommandFamily = {
  programs: ["tee", "sponge"],
  run(call, changes) {
    for (const operand of readWords(call.words, NO_OPTIONS).operands) {
      const path = pathOf(call, operand);
      if (path === "/etc/passwd" || path === "/etc/group") changes.mayAddUsers();
      else if (path === undefined || !path.startsWith("/dev/")) writeTo(call, changes, operand);
    }
  },
};

/** Change modes only. */
export const chmod: CommandFamily = {
  programs: ["chmod", "setcap", "chattr"],
  run: () => {},
};

const CHOWN_OPTIONS = optionSet("");

export const chown: CommandFamily = {
  programs: ["chown", "chgrp"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, CHOWN_OPTIONS);
    const below = options.has("-R") || options.has("--recursive");
    const isCopied = options.has("--reference");
    const [text, ...paths] = isCopied ? [undefined, ...operands] : operands;
    // With `--from` only what somebody has is given away.
    const owner = text === undefined || options.has("--from") ? undefined : newOwner(text, call.program);
    for (const operand of paths) {
      const path = pathOf(call, operand);
      if (path === undefined) changes.changeOwner("/", undefined, true);
      else changes.changeOwner(path, owner, below);
    }
  },
};

/** `user`, `user:group`, `:group`; a dot for the colon is the old way. Behind `user:` stands the group that the user logs in with. */
function newOwner(text: string, program: string): NewOwner | undefined {
  if (program === "chgrp") return { user: undefined, group: text };
  const [, user, group] = /^([\w-]*)(?:[:.]([\w-]+))?$/.exec(text) ?? [];
  if (user === undefined || (user === "" && group === undefined)) return undefined;
  return { user: user === "" ? undefined : user, group };
}

/** With `-i` it rewrites files, otherwise it prints. */
export const sed: CommandFamily = {
  programs: ["sed"],
  run(call, changes) {
    const inPlace = call.words.some((it) => it === undefined || /^(-[a-zA-Z]*i|--in-place)/.test(it));
    const accounts = call.words.some((it) => it === undefined || /^\/etc\/(passwd|group)/.test(it));
    if (inPlace && accounts) changes.mayAddUsers();
    if (!inPlace) return;
    // Its script is no path; one that could be one does no harm.
    for (const it of call.words) {
      const path = it === undefined || it.startsWith("-") ? undefined : pathOf(call, it);
      if (path !== undefined && path !== "/") changes.mayRewrite(path);
    }
  },
};

export const rm: CommandFamily = {
  programs: ["rm", "rmdir", "unlink"],
  run(call, changes) {
    for (const operand of readWords(call.words, NO_OPTIONS).operands) {
      const path = pathOf(call, operand);
      // `rm -rf /x/*` leaves the directory; what exactly goes is not known, and nothing new comes.
      if (path !== undefined && path !== "/") changes.remove(path);
    }
  },
};

const COPY_OPTIONS = optionSet("-t --target-directory -S --suffix --mode -m -o -g --owner --group");

export const cp: CommandFamily = {
  programs: ["cp"],
  run(call, changes) {
    transfer(call, changes, false);
    const { options, operands } = readWords(call.words, COPY_OPTIONS);
    const keeps = ["-a", "-p", "--archive", "--preserve"].some((it) => options.has(it));
    const into = options.get("-t") ?? options.get("--target-directory") ?? operands.at(-1);
    if (keeps) changes.changeOwner(pathOf(call, into) ?? "/", undefined, true);
  },
};

export const mv: CommandFamily = {
  programs: ["mv"],
  run(call, changes) {
    transfer(call, changes, true);
    const { options, operands } = readWords(call.words, COPY_OPTIONS);
    const into = options.get("-t") ?? options.get("--target-directory") ?? operands.at(-1);
    // What is moved keeps its owner.
    changes.changeOwner(pathOf(call, into) ?? "/", undefined, true);
  },
};

export const install: CommandFamily = {
  programs: ["install"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, COPY_OPTIONS);
    if (!options.has("-d") && !options.has("--directory")) transfer(call, changes, false);
    else for (const operand of operands) writeTo(call, changes, operand, "directory");
    const giving = ["-o", "--owner", "-g", "--group"].some((it) => options.has(it));
    const into = operands.at(-1);
    if (giving) changes.changeOwner(pathOf(call, into) ?? "/", undefined, true);
  },
};

/** What a link leads to is not followed: anything may be behind it. */
export const ln: CommandFamily = {
  programs: ["ln"],
  run(call, changes) {
    const { operands } = readWords(call.words, COPY_OPTIONS);
    const [target, name] = operands;
    const link = operands.length === 1 ? (target === undefined ? undefined : `./${baseName(target)}`) : name;
    const path = pathOf(call, link);
    if (path === undefined) {
      mayWriteBelowOperand(call, changes, undefined);
      return;
    }
    const isDirectory = changes.now.fileAt(path)?.kind === "directory" || link?.endsWith("/");
    const at = isDirectory && target !== undefined ? joinPath(path, baseName(target)) : path;
    changes.write(at, "unknown");
    changes.mayWriteBelow(at);
  },
};

function transfer(call: Call, changes: Changes, removesSource: boolean): void {
  const { options, operands } = readWords(call.words, COPY_OPTIONS);
  const into = options.get("-t") ?? options.get("--target-directory");
  const target = into ?? operands.at(-1);
  const sources = into === undefined ? operands.slice(0, -1) : operands;
  const destination = pathOf(call, target);
  if (destination === undefined) {
    mayWriteBelowOperand(call, changes, undefined);
    return;
  }
  const known = changes.now.fileAt(destination)?.kind;
  const isDirectory =
    into !== undefined ||
    target?.endsWith("/") ||
    sources.length > 1 ||
    known === "directory" ||
    isSystemDirectory(destination, changes);
  for (const source of sources) {
    const from = pathOf(call, source);
    const file = from === undefined ? undefined : changes.fileAt(from);
    if (from === undefined || source === undefined) {
      // A glob: names in it are not known.
      changes.mayWriteBelow(destination);
      if (!isDirectory) changes.write(destination, "unknown");
      continue;
    }
    const all = source.endsWith("/.");
    const at = isDirectory && !all ? joinPath(destination, baseName(from)) : destination;
    changes.write(at, file?.kind ?? "unknown", { binary: file?.binary, content: file?.content });
    if (file?.kind !== "file") changes.mayWriteBelow(at);
    if (removesSource) changes.remove(from);
  }
}

function isSystemDirectory(path: string, changes: Changes): boolean {
  return (
    !changes.now.fileAt(path) &&
    changes.now.hasPath(path).is === "yes" &&
    /^\/(usr|etc|bin|sbin|lib|opt|var|tmp)\b/.test(path)
  );
}
