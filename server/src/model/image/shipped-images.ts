import type { ImageFacts, ImageFactsSource, OperatingSystem, PackageManager } from "./facts.ts";
import { FAMILIES_DATE, IMAGE_FAMILIES } from "./families/all.ts";
import type { ImageFamily } from "./families/family.ts";
import { newerFirst } from "./newer-tags.ts";
import { ALPINE, BUSYBOX, DEBIAN, environment, RHEL, type SharedFacts, WOLFI } from "./operating-systems.ts";
import { familiarName, officialName } from "./reference.ts";
import table from "./shipped-facts.json" with { type: "json" };
import { portsOfTool, TOOL_PORTS_DATE } from "./tool-ports.ts";

/** One row of `shipped-facts.json`. A field that is missing is not known. */
interface ShippedRow {
  readonly image: string;
  readonly tag: string;
  /** `alpine 3.24`, `none`. */
  readonly os: string;
  readonly libc?: "glibc" | "musl" | "none";
  readonly shell?: string;
  readonly packageManager?: PackageManager | "none";
  /** Program names, separated by a blank. */
  readonly has: string;
  readonly lacks: string;
  readonly certificates?: boolean;
  readonly timeZones?: boolean;
  readonly users?: Readonly<Record<string, number>>;
  readonly defaultUser?: string;
  readonly workdir?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly stopSignal: string | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly compressedSize?: number;
  readonly unpackedSize?: number;
  readonly sizeDate?: string;
  readonly role?: NonNullable<ImageFacts["role"]>;
  /** Positions in the table's list of sources. */
  readonly sources: readonly number[];
}

interface ShippedTable {
  readonly gathered: string;
  readonly sources: readonly string[];
  readonly rows: readonly ShippedRow[];
}

const { gathered, sources, rows } = table as unknown as ShippedTable;

/** Rows of one image by tag, in the table's order, which has the newest first. */
const byName = new Map<string, Map<string, ShippedRow>>();
for (const row of rows) {
  const tags = byName.get(row.image) ?? new Map<string, ShippedRow>();
  byName.set(row.image, tags.set(row.tag, row));
}
/** Of the images that were asked for last; a name that is typed is another one with each letter. */
const found = new Map<string, ImageFacts | undefined>();
const MOST_KEPT = 2000;
const sortedTags = new Map<string, readonly string[]>();

/**
 * The facts that come with the server: an exact row of the table, completed with what all images of its family and
 * operating system share, or for a tag that the table does not have, the family alone.
 */
export const shippedImages: ImageFactsSource = {
  find({ name, tag, digest }) {
    // A digest alone may be any version and platform of the image.
    if (tag === undefined && digest !== undefined) return undefined;
    const familiar = officialName(familiarName(name));
    const key = `${familiar}:${tag ?? "latest"}`;
    if (found.has(key)) return found.get(key);
    if (found.size === MOST_KEPT) found.clear();
    const facts = factsOf(familiar, tag ?? "latest");
    found.set(key, facts);
    return facts;
  },
  names: () => ["scratch", ...byName.keys()],
  tags(name) {
    const familiar = officialName(familiarName(name));
    const known = sortedTags.get(familiar);
    if (known) return known;
    const tags = [...(byName.get(familiar)?.keys() ?? [])].sort(newerFirst);
    if (tags.length > 0) sortedTags.set(familiar, tags);
    return tags;
  },
};

/** Everything that is known of `FROM scratch` is certain: there is nothing in it. */
export const SCRATCH: ImageFacts = {
  name: "scratch",
  tag: "",
  os: { family: "none", version: undefined },
  libc: "none",
  shell: "none",
  packageManager: "none",
  tools: {},
  certificates: false,
  timeZones: false,
  users: {},
  defaultUser: "root",
  workdir: "/",
  exposedPorts: [],
  volumes: [],
  entrypoint: null,
  cmd: null,
  stopSignal: null,
  // BuildKit gives it the PATH that it gives every image without one.
  ...environment(),
  directories: { "/": [] },
  hasHealthcheck: false,
  compressedSize: 0,
  unpackedSize: 0,
  role: "base",
  source: "moby/buildkit, Dockerfile reference (FROM scratch)",
  date: gathered,
};

function factsOf(name: string, tag: string): ImageFacts | undefined {
  const row = byName.get(name)?.get(tag);
  const family = IMAGE_FAMILIES.find((it) => it.image.test(name) && it.tag.test(tag));
  const exposedPorts = portsOfTool(name, tag);
  if (!row && !family && !exposedPorts) return undefined;
  const os = row && operatingSystem(row.os);
  const ofTool = exposedPorts ? [{ exposedPorts }] : [];
  const shared = [...ofTool, sharedBy(os, row?.packageManager), family?.facts ?? {}];
  return { ...EMPTY, name, tag, ...merged(shared, row && rowFacts(row, os)), ...origin(row, family) };
}

const EMPTY: Omit<ImageFacts, "name" | "tag" | "source" | "date"> = {
  os: undefined,
  libc: undefined,
  shell: undefined,
  packageManager: undefined,
  tools: {},
  certificates: undefined,
  timeZones: undefined,
  users: undefined,
  defaultUser: undefined,
  workdir: undefined,
  exposedPorts: undefined,
  volumes: undefined,
  entrypoint: undefined,
  cmd: undefined,
  stopSignal: undefined,
  hasHealthcheck: undefined,
  compressedSize: undefined,
  unpackedSize: undefined,
  role: undefined,
};

/** Later facts win; programs, users and variables add up. */
function merged(shared: readonly SharedFacts[], exact: SharedFacts | undefined): SharedFacts {
  const all = exact ? [...shared, exact] : shared;
  const tools = Object.assign({}, ...all.map((it) => it.tools)) as Record<string, boolean>;
  const environment = Object.assign({}, ...all.map((it) => it.environment)) as Record<string, string | null>;
  // Without a row the family decides whether the list is complete: the images of some make users of their own.
  const users = (exact ?? shared.at(-1))?.users && Object.assign({}, ...all.map((it) => it.users));
  return Object.assign({}, ...all.map(withoutUnknown), {
    tools,
    environment,
    users: users as ImageFacts["users"],
  });
}

function withoutUnknown(facts: SharedFacts): SharedFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** Only where the package manager is the system's own: distroless images are Debian, and have none of its programs. */
function sharedBy(
  os: OperatingSystem | undefined,
  packageManager: PackageManager | "none" | undefined,
): SharedFacts {
  const { family } = os ?? {};
  if (family === "alpine" && packageManager === "apk") return ALPINE;
  if (family === "debian" && packageManager === "apt") return DEBIAN;
  if (family === "rhel") return RHEL;
  if (family === "busybox") return BUSYBOX;
  return family === "wolfi" ? WOLFI : {};
}

function rowFacts(row: ShippedRow, os: OperatingSystem | undefined): SharedFacts {
  return {
    os,
    libc: row.libc,
    shell: row.shell,
    packageManager: row.packageManager,
    tools: { ...named(row.has, true), ...named(row.lacks, false) },
    certificates: row.certificates,
    timeZones: row.timeZones,
    users: row.users,
    defaultUser: row.defaultUser,
    workdir: row.workdir,
    exposedPorts: row.ports,
    volumes: row.volumes,
    entrypoint: row.entrypoint,
    cmd: row.cmd,
    stopSignal: row.stopSignal,
    // None of the images of the table has a HEALTHCHECK of its own.
    hasHealthcheck: false,
    ...(row.environment && { environment: row.environment }),
    compressedSize: row.compressedSize,
    unpackedSize: row.unpackedSize,
    role: row.role,
  };
}

function origin(
  row: ShippedRow | undefined,
  family: ImageFamily | undefined,
): Pick<ImageFacts, "source" | "date"> {
  if (!row && !family) return { source: "Dockerfile and documentation of the image", date: TOOL_PORTS_DATE };
  if (!row) return { source: family?.source ?? "", date: family?.date ?? FAMILIES_DATE };
  return { source: row.sources.map((it) => sources[it] ?? "").join("; "), date: row.sizeDate ?? gathered };
}

function named(names: string, there: boolean): Record<string, boolean> {
  return Object.fromEntries(
    names
      .split(" ")
      .filter(Boolean)
      .map((it) => [it, there]),
  );
}

/** Ubuntu is of Debian's family: same package manager, same tools, its own releases. */
const FAMILIES: Readonly<Record<string, OperatingSystem["family"]>> = { ubuntu: "debian" };

function operatingSystem(text: string): OperatingSystem {
  const [name = "other", version] = text.split(" ");
  return { family: FAMILIES[name] ?? (name as OperatingSystem["family"]), version };
}
