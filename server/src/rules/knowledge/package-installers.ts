import { packageJson } from "../../model/stage/package-json.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Command } from "../../syntax/shell/script.ts";

/** Does a command only install packages, or prepare users and folders, so that it builds nothing of the project's own? */
export function isInstaller({ name, arguments: words }: Command, stage: Stage): boolean {
  const program = name?.literal ?? "";
  if (/^(npm|yarn|pnpm|bun)$/.test(program)) {
    const verb = words.find((it) => !it.raw.startsWith("-"))?.raw ?? "install";
    if (!/^(ci|install|i|add|cache|config|global|prune|fetch)$/.test(verb)) return false;
    // Scripts of the project's own run when its packages are installed.
    const scripts = packageJson(stage.model)?.scripts;
    return (
      scripts !== undefined && !Object.keys(scripts).some((it) => /^(pre|post)?(install|prepare)$/.test(it))
    );
  }
  return INSTALLERS.test(program);
}

const INSTALLERS =
  /^(apk|apt|apt-get|dpkg|dnf|microdnf|yum|pip3?|gem|bundle|corepack|mkdir|chown|chmod|adduser|addgroup|useradd|groupadd|usermod|rm|set|true|echo|update-ca-certificates|docker-php-ext-\w+|pecl)$/;
