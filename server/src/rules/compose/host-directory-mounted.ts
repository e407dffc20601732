import { source } from "../../text/source.ts";
import { watchesHost } from "../knowledge/compose/host-access.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const hostDirectoryMounted = composeRule({
  id: "host-directory-mounted",
  title: "Folder of the host's system in a container",
  severity: "info",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a bind mount of a whole folder that the host's system lives in: \`/\`, \`/etc\`, \`/root\`, \`/usr\`, \`/boot\`,
      \`/var/lib/docker\` and the like. Mounted read-only, only those with secrets in them are reported, as a hint, and not for agents
      that are there to look at the host, such as node-exporter.`,
    why: source`
      Who writes there as root changes what the host runs: its programs, its users, its jobs. Who reads there has its keys
      and password hashes. A mount of the one file or folder that is needed gives away that alone.`,
    bad: source`
      services:
        agent:
          image: example/agent:1.0
          volumes:
            - /etc:/host/etc
              ^^^^ host-directory-mounted: agent may change the host's configuration, users and passwords in /etc.`,
    good: source`
      services:
        agent:
          image: example/agent:1.0
          volumes:
            - /etc/localtime:/etc/localtime:ro`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const { kind, source: path, readOnly } of service.mounts) {
        if (kind !== "bind" || !path?.known || !path.value.startsWith("/") || readOnly === undefined)
          continue;
        const directory = path.value.replace(/(?<=.)\/+$/, "");
        const held = HELD.get(directory);
        if (!held || (readOnly && !SECRET.has(directory))) continue;
        // What looks at the host has to read it.
        if (readOnly && watchesHost(service)) continue;
        const may = readOnly ? "can read" : "may change";
        const message = `${service.name.value} ${may} ${held} in ${directory}.`;
        once(path.spanOf(0, path.value.length), message, { severity: readOnly ? "hint" : "info" });
      }
    }
  },
});

/** Folders of the Filesystem Hierarchy Standard 3.0, and where engines keep what is theirs. */
const HELD: ReadonlyMap<string, string> = new Map([
  ["/", "everything the host has"],
  ["/bin", "the host's programs"],
  ["/boot", "the kernel that the host starts with"],
  ["/dev", "the host's devices, its disks among them,"],
  ["/etc", "the host's configuration, users and passwords"],
  ["/lib", "the host's libraries"],
  ["/lib64", "the host's libraries"],
  ["/proc", "the settings of the host's kernel"],
  ["/root", "what the host's root has"],
  ["/run", "the sockets of the host's services, the engine's among them,"],
  ["/sbin", "the host's programs"],
  ["/sys", "the settings of the host's kernel"],
  ["/usr", "the host's programs"],
  ["/usr/bin", "the host's programs"],
  ["/usr/lib", "the host's libraries"],
  ["/usr/sbin", "the host's programs"],
  ["/var", "what the host's services keep"],
  ["/var/lib", "what the host's services keep"],
  ["/var/lib/docker", "all images, containers and volumes of the engine"],
  ["/var/lib/containerd", "all images and containers of the engine"],
  ["/var/run", "the sockets of the host's services, the engine's among them,"],
]);

/** What others must not even read. */
const SECRET: ReadonlySet<string> = new Set(["/", "/etc", "/root", "/var", "/var/lib", "/var/lib/docker"]);
