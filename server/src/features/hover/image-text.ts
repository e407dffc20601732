import type { ImageFacts } from "../../model/image/facts.ts";
import { SCRATCH } from "../../model/image/shipped-images.ts";
import { code, plain } from "../markdown.ts";

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
  const { has, lacks } = toolsOf(facts);
  const users = facts.users && Object.keys(facts.users);
  const lines = [
    item(
      "System",
      facts.os &&
        (facts.os.family === "none" ? "none" : plain(`${facts.os.family} ${facts.os.version ?? ""}`.trim())),
    ),
    item("C library", facts.libc),
    item(
      "Shell",
      facts.shell && (facts.shell === "none" ? "none: shell form cannot run" : code(facts.shell)),
    ),
    item("Package manager", facts.packageManager),
    item("Has", has),
    item("Lacks", lacks),
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
  return `${lines.filter((it) => it !== undefined).join("\n")}\n\n*${originText(facts)}*`;
}

/** Where the facts are from: read from the image, or shipped with Plimsoll. */
function originText({ name, readFrom, source, date, platform = "linux/amd64" }: ImageFacts): string {
  const when = date ? `, ${date}` : "";
  if (name === SCRATCH.name) return `From ${source}${when}; ${platform}.`;
  return `${readFrom ? "Read from" : "From the table shipped with Plimsoll:"} ${plain(`${source}${when}; ${platform}`)}.`;
}

/** What Dockerfiles ask for most. Of an image hundreds of names are known, of which these are shown. */
const OFTEN_ASKED =
  "sh bash busybox curl wget git ssh gcc g++ make cmake pkg-config python3 pip node npm yarn java mvn go cargo php composer ruby perl tar gzip unzip xz openssl gpg sudo su-exec gosu tini dumb-init ps nc getent useradd adduser".split(
    " ",
  );

const MOST_SHOWN = 12;

function toolsOf({
  tools,
  toolsComplete,
}: ImageFacts): Readonly<Record<"has" | "lacks", string | undefined>> {
  const there = Object.entries(tools).flatMap(([name, is]) => (is ? [name] : []));
  const often = OFTEN_ASKED.filter((it) => tools[it]);
  const rest = there.filter((it) => !OFTEN_ASKED.includes(it));
  const shown = rest.length <= MOST_SHOWN ? [...often, ...rest] : often;
  const others = there.length - shown.length;
  return {
    has: [names(shown), others > 0 ? `${others} ${shown.length > 0 ? "other " : ""}programs` : undefined]
      .filter((it) => it !== undefined)
      .join(" and "),
    lacks: names(OFTEN_ASKED.filter((it) => !(tools[it] ?? !toolsComplete)).slice(0, MOST_SHOWN)),
  };
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
