import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";

/**
 * Programs that read no variable of the author's choice from their environment. Package managers of languages are not
 * among them: npm reads `${NAME}` in .npmrc, cargo and pip have variables for their tokens.
 */
const UNAWARE: ReadonlySet<string> = new Set(
  (
    ": true false echo printf test [ cd pwd exit set mkdir rmdir rm cp mv ln touch chmod chown chgrp install cat head tail " +
    "grep sed cut sort uniq wc tr ls stat du basename dirname readlink sleep id tar gzip gunzip unzip xz sha256sum curl wget " +
    "apt-get apt apk dnf microdnf yum tdnf zypper pacman adduser addgroup useradd groupadd usermod update-ca-certificates"
  ).split(" "),
);

/** May something in this RUN read a variable that the RUN does not name, as a script or a build does? */
export function mayReadEnvironment(run: Instruction, stage: Stage): boolean {
  if (run.exec) return !UNAWARE.has(run.exec[0]?.raw ?? "");
  const script = stage.scriptOf(run);
  return !script?.complete || script.commands.some((it) => it.name && !UNAWARE.has(it.name.literal ?? ""));
}
