import type { ImageReading } from "../../server/src/model/image/image-reading.ts";
import { factsOfReading } from "../../server/src/model/image/read-facts.ts";
import { parseImageReference } from "../../server/src/model/image/reference.ts";
import { Expected } from "./ending.ts";

/** `server/src/model/image/shipped-facts.json`. A row's fields are written in the order that they have here. */
export interface ShippedTable {
  readonly about: string;
  readonly gathered: string;
  readonly sources: readonly string[];
  readonly rows: readonly ShippedRow[];
}

export interface ShippedRow {
  readonly image: string;
  readonly tag: string;
  readonly os: string;
  /** Program names, separated by a blank. */
  readonly has: string;
  readonly lacks: string;
  readonly sources: readonly number[];
  readonly [field: string]: unknown;
}

const order = [
  ...["image", "tag", "os", "libc", "shell", "packageManager", "has", "lacks", "certificates", "timeZones"],
  ...[
    "users",
    "defaultUser",
    "workdir",
    "ports",
    "volumes",
    "entrypoint",
    "cmd",
    "stopSignal",
    "environment",
  ],
  ...["compressedSize", "unpackedSize", "sizeDate", "role", "sources"],
];

/** The table's text: one line a source and a row, so that a change of one is one line. */
export function tableText({ about, gathered, sources, rows }: ShippedTable): string {
  const lines = (list: readonly unknown[]) => list.map((it) => `\n  ${JSON.stringify(it)}`).join(",");
  return [
    "{",
    `"about": ${JSON.stringify(about)},`,
    `"gathered": ${JSON.stringify(gathered)},`,
    `"sources": [${lines(sources)}\n],`,
    `"rows": [${lines(rows)}\n]`,
    "}",
    "",
  ].join("\n");
}

/**
 * The table with the row of one image taken from a reading. Which programs a row speaks of is the same for all rows; what the
 * image is for stays. Sources that no row refers to any more stay as well: rows name them by position.
 * Throws `Expected` for what the table cannot hold.
 */
export function withReading(table: ShippedTable, reference: string, reading: ImageReading): ShippedTable {
  if (reading.platform !== "linux/amd64" || !reading.contents)
    throw new Expected(`${reference} is of ${reading.platform}; the table is of linux/amd64.`);
  if (reading.config.triggers.length > 0)
    throw new Expected(`${reference} has ONBUILD instructions, which the table cannot hold.`);
  const { name, tag = "latest", digest } = parseImageReference(reference);
  if (digest !== undefined) throw new Expected(`${reference}: rows are of tags, not of digests.`);
  const facts = factsOfReading(reading, { name, tag, isHere: true, shipped: undefined });
  if (!facts.toolsComplete) throw new Expected(`${reference} is too large to be read whole.`);
  if (facts.hasHealthcheck)
    throw new Expected(`${reference} has a HEALTHCHECK, which the table cannot hold.`);

  const source = `read from the image, ${reading.id}, ${facts.date}`;
  const known = table.sources.indexOf(source);
  const sources = known < 0 ? [...table.sources, source] : table.sources;
  const at = table.rows.findIndex((it) => it.image === name && it.tag === tag);
  const before = table.rows[at];
  const spokenOf = [...new Set(table.rows.flatMap((it) => `${it.has} ${it.lacks}`.split(" ")))]
    .filter(Boolean)
    .sort();
  const sized = reading.compressedSize !== null;
  const fields: Readonly<Record<string, unknown>> = {
    image: name,
    tag,
    os: systemOf(reading.contents.osRelease, facts.os),
    libc: facts.libc,
    shell: facts.shell,
    packageManager: facts.packageManager,
    has: spokenOf.filter((it) => facts.tools[it]).join(" "),
    lacks: spokenOf.filter((it) => !facts.tools[it]).join(" "),
    certificates: facts.certificates,
    timeZones: facts.timeZones,
    users: facts.users,
    defaultUser: facts.defaultUser,
    workdir: facts.workdir,
    ports: facts.exposedPorts,
    volumes: facts.volumes,
    entrypoint: facts.entrypoint,
    cmd: facts.cmd,
    stopSignal: facts.stopSignal,
    environment: facts.environment,
    compressedSize: sized ? reading.compressedSize : before?.["compressedSize"],
    // Disk blocks with a containerd store, bytes with the others; the same to the megabyte.
    unpackedSize: reading.unpackedSize,
    sizeDate: sized ? facts.date : before?.["sizeDate"],
    role: before?.["role"],
    sources: [known < 0 ? sources.length - 1 : known],
  };
  const row = Object.fromEntries(
    order.flatMap((it) => (fields[it] === undefined ? [] : [[it, fields[it]]])),
  ) as unknown as ShippedRow;
  const last = table.rows.findLastIndex((it) => it.image === name);
  const rows = [...table.rows];
  if (at >= 0) rows[at] = row;
  else rows.splice(last < 0 ? rows.length : last + 1, 0, row);
  return { ...table, sources, rows };
}

/** As rows name systems: Ubuntu by its own name, which the facts count to Debian's family. */
function systemOf(
  osRelease: string | null | undefined,
  os: { readonly family: string; readonly version: string | undefined } | undefined,
): string {
  const isUbuntu = /^ID="?ubuntu"?$/m.test(osRelease ?? "");
  return [isUbuntu ? "ubuntu" : (os?.family ?? "other"), os?.version].filter(Boolean).join(" ");
}
