import { notedOnStage, type Stage } from "../../../../model/stage/stage.ts";
import type { ManagerName } from "../package-commands.ts";

/** Where package managers read settings that stand in no command (apt.conf(5), dnf.conf(5), zypp.conf; read 2026-11). */
const places: Readonly<Partial<Record<ManagerName, RegExp>>> = {
  apt: /^\/etc\/apt\/apt\.conf(\.d\/.*)?$/,
  dnf: /^\/etc\/dnf\/.*\.conf$/,
  yum: /^\/etc\/(yum|dnf\/.*)\.conf$/,
  zypper: /^\/etc\/zypp\/.*\.conf$/,
};

/** Does the stage write a file that may change what the package manager does by default? */
export function hasOwnSettings(manager: ManagerName, stage: Stage): boolean {
  return managersWithSettings(stage).has(manager);
}

/** Asked for every command of a package manager, so kept. */
const managersWithSettings = notedOnStage(({ result: { files } }): ReadonlySet<string> => {
  const found = Object.entries(places).filter(([, place]) => files.some((it) => place.test(it.path)));
  return new Set(found.map(([name]) => name));
});
