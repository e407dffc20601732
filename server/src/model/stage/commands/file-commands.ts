import type { Changes } from "../contents/changes.ts";
import type { NewOwner } from "../contents/file-register.ts";
import { isDirectoryAt } from "../contents/known-directory.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
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
    const { options, operands } = readWords(call.words, TOUCH_OPTIONS);
    // Makes none that is not there.
    if (options.has("-c") || options.has("--no-create")) return;
    for (const operand of operands) {
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
      if (path === undefined) changes.mayChangeOwners("/");
      else if (below) changes.changeOwnerBelow(path, owner);
      else changes.changeOwner(path, owner);
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

/** GNU's takes `-E` and the like in front; with a suffix it keeps what the file was. */
const IN_PLACE = /^(?:-[EnrsuzlN]*i|--in-place(?:=|$))(.*)$/;
const WRITES = /(?:^|[;\s/|,}\d$])[gIiMmpe\d]*w\s+[\w./~-]/;

/** With `-i` it rewrites files, otherwise it prints. */
export const sed: CommandFamily = {
  programs: ["sed"],
  run(call, changes) {
    const option = call.words.find((it) => it === undefined || IN_PLACE.test(it));
    const inPlace = call.words.some((it) => it === undefined || IN_PLACE.test(it));
    const accounts = call.words.some((it) => it === undefined || /^\/etc\/(passwd|group)/.test(it));
    if (inPlace && accounts) changes.mayRewriteAccounts(call.words.join("\n"));
    // `w file` and `s/…/…/w file` write further ones.
    if (call.words.some((it) => it !== undefined && WRITES.test(it)))
      changes.mayBuildBelow(call.directory ?? "/");
    if (!inPlace) return;
    const ending = option === undefined ? undefined : IN_PLACE.exec(option)?.[1];
    // Its script is no path; one that could be one does no harm.
    for (const it of call.words) {
      const path = it === undefined || it.startsWith("-") ? undefined : pathOf(call, it);
      if (path === undefined || path === "/") continue;
      changes.mayRewrite(path);
      // What it was stands beside it then, under another name.
      if (ending) changes.mayRewrite(ending.includes("*") ? directoryOf(path) : path + ending);
    }
  },
};

export const rm: CommandFamily = {
  programs: ["rm", "rmdir", "unlink"],
  run(call, changes) {
    const { options, operands, places } = readWords(call.words, NO_OPTIONS);
    const withBelow = call.program === "rm" && ["-r", "-R", "--recursive"].some((it) => options.has(it));
    const spares = options.has("--ignore-fail-on-non-empty");
    for (const [index, operand] of operands.entries()) {
      const path = pathOf(call, operand);
      if (path === undefined) removeMatching(call, changes, places[index], withBelow);
      else if (spares) changes.removeBelow(path, (it) => it === path, false);
      else if (path !== "/") changes.remove(path);
    }
  },
};

/** `rm -rf /x/*` leaves the directory, and what has a dot in front. */
function removeMatching(call: Call, changes: Changes, at: number | undefined, withBelow: boolean): void {
  const pattern = at === undefined ? undefined : call.patternAt(at);
  if (pattern) changes.removeBelow(pattern.directory, (it) => pattern.takes(it, withBelow), pattern.isSure);
}

/** `mv app* app` takes away what it finds, and never what it moves to, whose name the pattern has too. */
function moveMatching(call: Call, changes: Changes, at: number | undefined, destination: string): void {
  const pattern = at === undefined ? undefined : call.patternAt(at);
  if (!pattern) return;
  const sparesDestination = pattern.takes(destination, true);
  changes.removeBelow(
    pattern.directory,
    (it) => pattern.takes(it, true) && !(sparesDestination && isWithin(it, destination)),
    pattern.isSure,
  );
}

const COPY_OPTIONS = optionSet("-t --target-directory -S --suffix --mode -m -o -g --owner --group");

export const cp: CommandFamily = {
  programs: ["cp"],
  run(call, changes) {
    transfer(call, changes, false);
    const { options, operands } = readWords(call.words, COPY_OPTIONS);
    const keeps = ["-a", "-p", "--archive", "--preserve"].some((it) => options.has(it));
    const into = options.get("-t") ?? options.get("--target-directory") ?? operands.at(-1);
    if (keeps) changes.mayChangeOwners(pathOf(call, into) ?? "/");
  },
};

export const mv: CommandFamily = {
  programs: ["mv"],
  run(call, changes) {
    transfer(call, changes, true);
    const { options, operands } = readWords(call.words, COPY_OPTIONS);
    const into = options.get("-t") ?? options.get("--target-directory") ?? operands.at(-1);
    // What is moved keeps its owner.
    changes.mayChangeOwners(pathOf(call, into) ?? "/");
  },
};

export const install: CommandFamily = {
  programs: ["install"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, COPY_OPTIONS);
    const makesDirectories = options.has("-d") || options.has("--directory");
    const user = options.get("-o") ?? options.get("--owner");
    const group = options.get("-g") ?? options.get("--group");
    const giving = ["-o", "--owner", "-g", "--group"].some((it) => options.has(it));
    if (makesDirectories)
      for (const operand of operands) {
        const path = pathOf(call, operand);
        const isNew = path !== undefined && changes.now.hasPath(path).is === "no";
        writeTo(call, changes, operand, "directory");
        // Directories above it are the user's who runs it.
        if (!giving) continue;
        if (path === undefined) changes.mayChangeOwners("/");
        else changes.changeOwner(path, isNew ? { user, group } : undefined);
      }
    else {
      transfer(call, changes, false);
      const into = options.get("-t") ?? options.get("--target-directory") ?? operands.at(-1);
      if (giving) changes.mayChangeOwners(pathOf(call, into) ?? "/");
    }
  },
};

const LINK_OPTIONS = optionSet("-t --target-directory -S --suffix");

/** A symbolic link is followed where something is put into it; what a hard one leads to is not. */
export const ln: CommandFamily = {
  programs: ["ln"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, LINK_OPTIONS);
    const into = options.get("-t") ?? options.get("--target-directory");
    const isInto = options.has("-t") || options.has("--target-directory");
    const name = isInto ? into : operands.length === 1 ? "." : operands.at(-1);
    const targets = isInto || operands.length === 1 ? operands : operands.slice(0, -1);
    const path = pathOf(call, name);
    if (path === undefined || targets.includes(undefined)) {
      mayWriteBelowOperand(call, changes, undefined);
      return;
    }
    const isSymbolic = options.has("-s") || options.has("--symbolic");
    // A link that is there is replaced by `-n` and `-T`, and followed otherwise.
    const isItself = ["-n", "-T", "--no-dereference", "--no-target-directory"].some((it) => options.has(it));
    const isDirectory =
      isInto ||
      targets.length > 1 ||
      name === "." ||
      name?.endsWith("/") ||
      (!isItself && isKnownDirectory(path, changes));
    for (const target of targets) {
      const at =
        isDirectory && target !== undefined ? joinPath(path, baseName(target.replace(/\/+$/, ""))) : path;
      const to = target === undefined ? undefined : resolvePath(directoryOf(at), target);
      if (to !== undefined && isSymbolic) changes.link(at, to);
      else {
        changes.write(at, "unknown");
        changes.mayWriteBelow(at);
      }
    }
  },
};

function isKnownDirectory(path: string, changes: Changes): boolean {
  return isDirectoryAt(changes.now, path) || isSystemDirectory(path, changes);
}

function transfer(call: Call, changes: Changes, removesSource: boolean): void {
  const { options, operands, places } = readWords(call.words, COPY_OPTIONS);
  const into = options.get("-t") ?? options.get("--target-directory");
  const target = into ?? operands.at(-1);
  const sources = into === undefined ? operands.slice(0, -1) : operands;
  const destination = pathOf(call, target);
  if (options.has("--parents")) {
    mayWriteBelowOperand(call, changes, target);
    return;
  }
  if (destination === undefined) {
    mayWriteBelowOperand(call, changes, undefined);
    return;
  }
  const isItself = options.has("-T") || options.has("--no-target-directory");
  const isDirectory =
    !isItself &&
    (into !== undefined ||
      target?.endsWith("/") ||
      sources.length > 1 ||
      isKnownDirectory(destination, changes));
  for (const [index, source] of sources.entries()) {
    const from = pathOf(call, source);
    const file = from === undefined ? undefined : changes.fileAt(from);
    if (from === undefined || source === undefined) {
      // A glob: names in it are not known.
      changes.mayWriteBelow(destination);
      if (!isDirectory) changes.write(destination, "unknown");
      if (removesSource) moveMatching(call, changes, places[index], destination);
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
