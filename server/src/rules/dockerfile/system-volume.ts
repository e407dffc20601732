import { isWithin } from "../../model/stage/paths.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const systemVolume = instructionRule({
  id: "system-volume",
  title: "Volume where the system is",
  severity: "warning",
  tags: ["run", "security"],
  aliases: ["DKL-DI-0002"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports VOLUME at \`/\`, in \`/proc\`, \`/sys\` (but for control groups) and \`/dev\`, at a folder of the system's programs or settings (\`/etc\`,
      \`/usr\`, \`/bin\`, \`/lib\` …), and at the socket of the engine.`,
    why: source`
      The engine makes a volume for each container and mounts it there. The kernel's file systems cannot be replaced, so that
      the container does not start. Of other folders Compose keeps the old state when the image is updated, since it takes volumes over. And no socket
      comes from VOLUME: it makes an empty folder with that name, as only who starts the container can mount the host's.`,
    bad: source`
      FROM docker:29-cli
      VOLUME /var/run/docker.sock
             ^^^^^^^^^^^^^^^^^^^^ system-volume: VOLUME makes a folder here, not a socket: that has to be mounted when the container is started.`,
    good: source`
      FROM docker:29-cli
      VOLUME /var/lib/backups`,
  },
  instructions: ["VOLUME"],

  check(volume, stage, report) {
    for (const word of volume.words) {
      const value = wordValue(word, volume, stage);
      const path = value?.startsWith("/") ? value.replace(/(?<=.)\/+$/, "") : undefined;
      const message = path === undefined ? undefined : messageOf(path);
      if (message !== undefined) report(word.span, message);
    }
  },
});

function messageOf(path: string): string | undefined {
  const kernel = KERNEL.find((it) => isWithin(path, it));
  if (path === "/") return "No volume can be mounted over the whole image, so the container does not start.";
  // Control groups are mounted there by hand for a systemd, and a volume keeps no container from its start.
  if (kernel && path !== "/dev/shm" && !isWithin(path, "/sys/fs/cgroup"))
    return `${kernel} is the kernel's, and no volume can take its place.`;
  if (/(^|\/)(docker|podman|containerd)\.sock$/.test(path))
    return "VOLUME makes a folder here, not a socket: that has to be mounted when the container is started.";
  return SYSTEM.has(path)
    ? `Compose keeps volumes when a newer image comes, so ${path} stays as an older one had it.`
    : undefined;
}

const KERNEL = ["/proc", "/sys", "/dev"];

/** Folders that packages put their files into (Filesystem Hierarchy Standard 3.0). */
const SYSTEM: ReadonlySet<string> = new Set(
  "/bin /boot /etc /lib /lib64 /sbin /usr /usr/bin /usr/lib /usr/sbin /usr/share".split(" "),
);
