import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, isWithin, resolvePath } from "../paths.ts";
import { type Call, type CommandFamily, optionSet, type ReadWords, readWords } from "./command-family.ts";

const USERADD = optionSet(
  "-b -c -d -e -f -g -G -k -K -p -P -R -s -u -Z --uid --gid --groups --shell --home-dir --home --comment --password --base-dir --key --skel --expiredate --inactive --root --prefix",
);

/** useradd and groupadd of the shadow package: the name comes last; a group of the same name comes with a user. */
export const useradd: CommandFamily = {
  programs: ["useradd", "groupadd"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, USERADD);
    const name = operands.at(-1);
    const root = optionOf(options, "-R", "--root", "-P", "--prefix");
    if (root.is) changes.mayWriteBelow(resolvePath(call.directory, root.value ?? "/") ?? "/");
    else if (name === undefined) changes.mayAddUsers();
    else if (call.program === "groupadd") changes.addGroup(name);
    else {
      changes.addUser(name);
      if (!hasOne(options, "-g", "--gid", "-N", "--no-user-group")) changes.addGroup(name);
      const base = optionOf(options, "-b", "--base-dir");
      const named = optionOf(options, "-d", "--home-dir", "--home");
      const home = named.is ? named.value : base.is ? base.value && `${base.value}/${name}` : `/home/${name}`;
      if (hasOne(options, "-m", "--create-home"))
        addHome(home, name, call, changes, !hasOne(options, "-k", "--skel"));
      else keepHome(home, name, call);
    }
  },
};

const USERMOD = optionSet(
  "-c -d -e -f -g -G -l -n -p -P -R -s -u -v -V -w -W -Z --comment --home --expiredate --inactive --gid --groups --login --new-name " +
    "--password --prefix --root --shell --uid",
);

/** usermod and groupmod: what else they change of an account, it stays one, also under another name. */
export const usermod: CommandFamily = {
  programs: ["usermod", "groupmod"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, USERMOD);
    if (hasOne(options, "-R", "--root", "-P", "--prefix")) return;
    const isGroup = call.program === "groupmod";
    const name = operands.at(-1);
    const renamed = isGroup ? optionOf(options, "-n", "--new-name") : optionOf(options, "-l", "--login");
    if (renamed.is && (name === undefined || renamed.value === undefined)) changes.mayAddUsers();
    if (name === undefined) return;
    const part = isGroup ? "group" : "user";
    // Only a user's home gets the new id; what else was theirs is of the old one.
    if (isGroup ? hasOne(options, "-g", "--gid") : hasOne(options, "-u", "--uid"))
      changes.changeOwnerBelow("/", undefined, { part, name });
    if (!isGroup && hasOne(options, "-m", "--move-home"))
      moveHome(name, optionOf(options, "-d", "--home").value, call, changes);
    if (renamed.value !== undefined) rename(name, renamed.value, part, call, changes);
  },
};

function rename(name: string, next: string, part: "user" | "group", call: Call, changes: Changes): void {
  const owner = { user: undefined, group: undefined, [part]: next };
  changes.changeOwnerBelow("/", owner, { part, name });
  if (part === "group") {
    changes.removeGroup(name);
    changes.addGroup(next);
    return;
  }
  changes.removeUser(name);
  changes.addUser(next);
  const home = call.memory.homes.get(name);
  if (home !== undefined) call.memory.homes.set(next, home);
}

function moveHome(name: string, to: string | undefined, call: Call, changes: Changes): void {
  const from = call.memory.homes.get(name) ?? `/home/${name}`;
  const path = to === undefined ? undefined : resolvePath("/", to);
  if (path === undefined) {
    changes.mayWriteBelow("/");
    changes.removeBelow(from, () => true, false);
    return;
  }
  changes.mayBuildBelow(path);
  changes.write(path, "directory");
  changes.mayChangeOwners(path);
  changes.removeBelow(from, () => true, call.memory.homes.has(name) && !isWithin(path, from));
  call.memory.homes.set(name, path);
}

const ADDUSER = optionSet(
  "-h -g -s -G -u -k --home --shell --uid --gid --firstuid --lastuid --firstgid --lastgid --ingroup --gecos --conf --comment --group-name",
);

/** BusyBox's and Debian's adduser and addgroup: `adduser [options] name [group]`. */
export const adduser: CommandFamily = {
  programs: ["adduser", "addgroup"],
  run(call, changes) {
    // BusyBox's `addgroup -g 1000 name` has an id where its adduser has a comment: both take a word.
    const { options, operands } = readWords(call.words, ADDUSER);
    const [name, group] = operands;
    if (operands.includes(undefined) || name === undefined) {
      changes.mayAddUsers();
      return;
    }
    if (group !== undefined) {
      // With two names an existing user joins an existing group.
      changes.addGroup(group);
      return;
    }
    if (call.program === "addgroup" || (options.has("--group") && !options.has("--system")))
      changes.addGroup(name);
    else {
      changes.addUser(name);
      // A system user joins a group that is there; others get one of their own name.
      const joins = hasOne(options, "-G", "-S", "--ingroup", "--gid", "--system");
      if (!joins || options.has("--group")) changes.addGroup(name);
      const named = optionOf(options, "-h", "--home");
      const home = named.is ? named.value : `/home/${name}`;
      if (hasOne(options, "-H", "--no-create-home")) keepHome(home, name, call);
      // Debian's makes none for a system user since 12, unless it is named (adduser 3.122, read 2026-11).
      else if (options.has("--system") && !named.is && !isMusl(call)) changes.mayBuildBelow(`/home/${name}`);
      // BusyBox copies what /etc/skel has too, which no image of its has.
      else addHome(home, name, call, changes, true);
    }
  },
};

function isMusl({ libc }: Call): boolean {
  return libc.known && libc.value === "musl";
}

/** A directory that was there before stays whose it was with one of these programs, and changes with the other. */
function addHome(
  home: string | undefined,
  user: string,
  call: Call,
  changes: Changes,
  usualFiles: boolean,
): void {
  const path = home === undefined ? undefined : resolvePath("/", home);
  keepHome(path, user, call);
  if (path === undefined) {
    changes.mayBuildBelow("/");
    return;
  }
  const isNew = changes.now.hasPath(path).is === "no";
  changes.write(path, "directory");
  changes.changeOwner(path, isNew ? { user, group: undefined } : undefined);
  // Distributions put files with a dot there, and nothing else.
  const isUsual = usualFiles && changes.now.isBrought(SKELETON).is === "no";
  changes.mayBuildBelow(path, (it) => it !== path && (!isUsual || isHidden(it, path)));
}

const SKELETON = "/etc/skel";

function isHidden(path: string, directory: string): boolean {
  let at = path;
  while (at !== "/" && directoryOf(at) !== directory) at = directoryOf(at);
  return baseName(at).startsWith(".");
}

function keepHome(home: string | undefined, user: string, { memory }: Call): void {
  if (home !== undefined) memory.homes.set(user, home);
}

const USERDEL = optionSet("-R -P --root --prefix --backup-to --conf");

/** shadow's, BusyBox's and Debian's: with two names a user only leaves a group. */
export const deleteUser: CommandFamily = {
  programs: ["userdel", "deluser", "groupdel", "delgroup"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, USERDEL);
    const [name, group] = operands;
    const [last] = operands.slice(-1);
    if (hasOne(options, "-R", "--root", "-P", "--prefix") || last === undefined) return;
    if (name === undefined || group !== undefined) return;
    if (call.program === "groupdel" || call.program === "delgroup" || options.has("--group")) {
      changes.removeGroup(name);
      changes.changeOwnerBelow("/", undefined, { part: "group", name });
      return;
    }
    changes.removeUser(name);
    changes.mayRemoveGroup(name);
    changes.changeOwnerBelow("/", undefined, { part: "both", name });
    if (!hasOne(options, "-r", "--remove", "--remove-home", "--remove-all-files")) return;
    const home = call.memory.homes.get(name);
    const isUsual = home === undefined;
    changes.removeBelow(home ?? `/home/${name}`, () => true, !isUsual);
  },
};

function hasOne(options: ReadWords["options"], ...names: readonly string[]): boolean {
  return names.some((it) => options.has(it));
}

/** The value of the first of these that is given; undefined where it is not known. */
function optionOf(
  options: ReadWords["options"],
  ...names: readonly string[]
): { readonly is: boolean; readonly value: string | undefined } {
  const name = names.find((it) => options.has(it));
  return { is: name !== undefined, value: name === undefined ? undefined : options.get(name) };
}
