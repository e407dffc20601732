import type { PackageManager } from "../../model/image/facts.ts";

/** The shell command that installs a package of this name and leaves no cache; undefined where none is known. */
export function installCommand(manager: PackageManager | "none", name: string): string | undefined {
  switch (manager) {
    case "apk":
      return `apk add --no-cache ${name}`;
    case "apt":
      return `apt-get update && apt-get install -y --no-install-recommends ${name} && rm -rf /var/lib/apt/lists/*`;
    case "dnf":
    case "microdnf":
    case "yum":
    case "tdnf":
      return `${manager} install -y ${name} && ${manager} clean all`;
    case "zypper":
      return `zypper --non-interactive install ${name} && zypper clean --all`;
    case "pacman":
      return `pacman -Sy --noconfirm ${name} && rm -rf /var/cache/pacman/pkg/*`;
    case "none":
      return undefined;
  }
}
