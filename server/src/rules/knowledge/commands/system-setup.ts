import type { Command } from "../../../syntax/shell/script.ts";

const PROGRAMS: ReadonlySet<string> = new Set([
  ...["apk", "apt", "apt-get", "dnf", "dpkg", "microdnf", "tdnf", "yum", "zypper"],
  ...["addgroup", "adduser", "groupadd", "useradd", "usermod", "update-ca-certificates"],
  ...[":", "echo", "export", "printf", "set", "true"],
]);

/** Does a command install packages of the system, make users, or only say or set something? It writes no file of the project, and builds none. */
export function setsUpSystem({ name, redirections }: Command): boolean {
  return PROGRAMS.has(name?.literal ?? "") && redirections.every(staysOutside);
}

/** Does what is printed go to a device, another stream or the system's settings, and to no file of the project? */
export function staysOutside({ target }: Command["redirections"][number]): boolean {
  return /^(?:\/dev\/|\/etc\/|&|\d)/.test(target?.raw ?? "1");
}
