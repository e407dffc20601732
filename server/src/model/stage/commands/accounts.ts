import type { Changes } from "../contents/changes.ts";
import { type CommandFamily, optionSet, readWords } from "./command-family.ts";

const USERADD = optionSet(
  "-b -c -d -e -f -g -G -k -K -p -s -u -Z --uid --gid --groups --shell --home-dir --home --comment --password --base-dir --key",
);

/** useradd and groupadd of the shadow package: the name comes last; a group of the same name comes with a user. */
export const useradd: CommandFamily = {
  programs: ["useradd", "groupadd"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, USERADD);
    const name = operands.at(-1);
    if (name === undefined) changes.mayAddUsers();
    else if (call.program === "groupadd") changes.addGroup(name);
    else {
      changes.addUser(name);
      if (!options.has("-g") && !options.has("--gid") && !options.has("-N")) changes.addGroup(name);
      const home = options.get("-d") ?? options.get("--home-dir") ?? `/home/${name}`;
      if (options.has("-m") || options.has("--create-home")) addHome(home, name, changes);
    }
  },
};

const USERMOD = optionSet(
  "-c -d -e -f -g -G -l -n -p -s -u -v -V -w -W -Z --comment --home --expiredate --inactive --gid --groups --login --new-name " +
    "--password --shell --uid",
);

/** usermod and groupmod: what else they change of an account, it stays one, also under another name. */
export const usermod: CommandFamily = {
  programs: ["usermod", "groupmod"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, USERMOD);
    const isGroup = call.program === "groupmod";
    const names = isGroup ? ["-n", "--new-name"] : ["-l", "--login"];
    const renamed = names.find((it) => options.has(it));
    if (renamed === undefined) return;
    const [name, next] = [operands.at(-1), options.get(renamed)];
    if (name === undefined || next === undefined) changes.mayAddUsers();
    else if (isGroup) changes.addGroup(next);
    else {
      changes.removeUser(name);
      changes.addUser(next);
    }
  },
};

const ADDUSER = optionSet(
  "-h -g -s -G -u -k --home --shell --uid --gid --firstuid --lastuid --ingroup --gecos --conf --comment --group-name",
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
      const joins = ["-G", "-S", "--ingroup", "--gid", "--system"].some((it) => options.has(it));
      if (!joins || options.has("--group")) changes.addGroup(name);
      if (!options.has("-H") && !options.has("--no-create-home"))
        addHome(options.get("-h") ?? options.get("--home") ?? `/home/${name}`, name, changes);
    }
  },
};

/** A directory that was there before stays whose it was with one of these programs, and changes with the other. */
function addHome(path: string, user: string, changes: Changes): void {
  const isNew = changes.now.hasPath(path).is === "no";
  changes.write(path, "directory");
  changes.changeOwner(path, isNew ? { user, group: undefined } : undefined, false);
}

export const deleteUser: CommandFamily = {
  programs: ["userdel", "deluser", "groupdel", "delgroup"],
  run(call, changes) {
    const name = readWords(call.words, optionSet("")).operands.at(-1);
    if (name !== undefined && /user/.test(call.program)) changes.removeUser(name);
  },
};
