import type { ImageFacts } from "../../model/image/facts.ts";
import { code } from "../stage-text.ts";

/** `alpine 3.22, musl, 3.8 MB compressed`: an image's facts in a line. */
export function imageSummary(facts: ImageFacts): string {
  const parts = [
    facts.os && facts.os.family !== "none"
      ? `${facts.os.family} ${facts.os.version ?? ""}`.trim()
      : undefined,
    facts.libc && facts.libc !== "none" ? facts.libc : undefined,
    facts.compressedSize === undefined ? undefined : `${megabytes(facts.compressedSize)} compressed`,
  ];
  return parts.filter((it) => it !== undefined).join(", ");
}

/** All facts worth reading as a Markdown list, with where they come from and when they were true. */
export function imageText(facts: ImageFacts): string {
  const tools = Object.entries(facts.tools);
  const users = facts.users && Object.keys(facts.users);
  const lines = [
    item(
      "System",
      facts.os &&
        (facts.os.family === "none" ? "none" : `${facts.os.family} ${facts.os.version ?? ""}`.trim()),
    ),
    item("C library", facts.libc),
    item(
      "Shell",
      facts.shell && (facts.shell === "none" ? "none: shell form cannot run" : code(facts.shell)),
    ),
    item("Package manager", facts.packageManager),
    item("Has", names(tools.filter(([, there]) => there).map(([name]) => name))),
    item("Lacks", names(tools.filter(([, there]) => !there).map(([name]) => name))),
    item("CA certificates", facts.certificates === undefined ? undefined : facts.certificates ? "yes" : "no"),
    item("Time zones", facts.timeZones === undefined ? undefined : facts.timeZones ? "yes" : "no"),
    item("User", facts.defaultUser && code(facts.defaultUser)),
    item("Users", users && users.length <= 12 ? names(users) : undefined),
    item("Folder", facts.workdir && code(facts.workdir)),
    item("Ports", names(facts.exposedPorts ?? [])),
    item("Volumes", names(facts.volumes ?? [])),
    item("Entrypoint", facts.entrypoint && code(facts.entrypoint.join(" "))),
    item("Command", facts.cmd && code(facts.cmd.join(" "))),
    item("Size", sizes(facts)),
  ];
  const source = `*From ${facts.source}${facts.date ? `, ${facts.date}` : ""}; linux/amd64.*`;
  return `${lines.filter((it) => it !== undefined).join("\n")}\n\n${source}`;
}

function item(name: string, value: string | null | undefined): string | undefined {
  return value ? `- ${name}: ${value}` : undefined;
}

function names(list: readonly string[]): string | undefined {
  return list.length > 0 ? list.map(code).join(", ") : undefined;
}

function sizes({ compressedSize, unpackedSize }: ImageFacts): string | undefined {
  const parts = [
    compressedSize === undefined ? undefined : `${megabytes(compressedSize)} compressed`,
    unpackedSize === undefined ? undefined : `${megabytes(unpackedSize)} unpacked`,
  ].filter((it) => it !== undefined);
  return parts.length > 0 ? parts.join(", ") : undefined;
}

/** Decimal megabytes, as registries and `docker images` count. */
function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return `${value < 10 ? value.toFixed(1) : String(Math.round(value))} MB`;
}
