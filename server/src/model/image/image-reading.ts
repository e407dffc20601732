import { isObject } from "../../text/json.ts";

/**
 * What was read of one image, as plain data: it travels from client to server, and is kept in a file. Nothing here is concluded;
 * `read-facts.ts` does that. `null` means that it is not there; a field that is missing was not looked at.
 */
export interface ImageReading {
  /** Raised when the meaning of a field changes: what was kept in another form is read anew. */
  readonly form: 1;
  /** The engine's id of the image: `sha256:…`. */
  readonly id: string;
  /** `linux/amd64`. */
  readonly platform: string;
  /** ISO 8601, UTC. */
  readonly readAt: string;
  /** Bytes of all layers unpacked. */
  readonly unpackedSize: number;
  /** Bytes as transferred; null where the engine does not tell. */
  readonly compressedSize: number | null;
  readonly config: ReadConfig;
  /** Null for an image that is not of Linux. */
  readonly contents: ReadContents | null;
}

/** The image's configuration; fields that are absent and fields that are empty mean the same. */
export interface ReadConfig {
  readonly user: string;
  readonly workdir: string;
  /** `NAME=value`. */
  readonly environment: readonly string[];
  /** `8080/tcp`. */
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  readonly stopSignal: string | null;
  /** As the engine has it: `["CMD", "curl", "-f", …]`. */
  readonly healthcheck: readonly string[] | null;
  /** What SHELL said; null for the default. */
  readonly shell: readonly string[] | null;
  /** ONBUILD instructions, without that word. */
  readonly triggers: readonly string[];
}

export interface ReadContents {
  /** Texts of `/etc/os-release`, `/etc/passwd` and `/etc/group`. */
  readonly osRelease?: string | null;
  readonly passwd?: string | null;
  readonly group?: string | null;
  /** The first bundle of CA certificates where programs look for one, or a folder with certificates. */
  readonly certificates?: string | null;
  readonly timeZones: boolean;
  /** Dynamic loaders by path: `/lib/ld-musl-x86_64.so.1`. */
  readonly loaders?: readonly string[];
  /** By absolute path, symbolic links on the way resolved. */
  readonly directories: Readonly<Record<string, ReadDirectory>>;
  /** Directories that are symbolic links → the directory they lead to: `/bin` → `/usr/bin`. */
  readonly links: Readonly<Record<string, string>>;
  /** Directories that were looked for and are not there. */
  readonly absent: readonly string[];
}

export interface ReadDirectory {
  /** False when reading ended early: there may be more names. */
  readonly complete: boolean;
  /** Names of files that can be executed. */
  readonly programs: readonly string[];
  readonly others: readonly string[];
}

/** Whether a value from a file or from a client is a reading, as far as anything would break on it. */
export function isImageReading(value: unknown): value is ImageReading {
  if (!isObject(value)) return false;
  const { form, id, platform, readAt, unpackedSize, compressedSize, config, contents } = value;
  return (
    form === 1 &&
    typeof id === "string" &&
    typeof platform === "string" &&
    typeof readAt === "string" &&
    typeof unpackedSize === "number" &&
    (compressedSize === null || typeof compressedSize === "number") &&
    isConfig(config) &&
    (contents === null || isContents(contents))
  );
}

function isConfig(value: unknown): value is ReadConfig {
  if (!isObject(value)) return false;
  const { user, workdir, environment, exposedPorts, volumes, triggers, stopSignal } = value;
  const { entrypoint, command, healthcheck, shell } = value;
  return (
    typeof user === "string" &&
    typeof workdir === "string" &&
    [environment, exposedPorts, volumes, triggers].every(isTexts) &&
    [entrypoint, command, healthcheck, shell].every((it) => it === null || isTexts(it)) &&
    isTextOrNull(stopSignal)
  );
}

function isContents(value: unknown): value is ReadContents {
  if (!isObject(value)) return false;
  const { osRelease, passwd, group, certificates, timeZones, loaders, directories, links, absent } = value;
  return (
    [osRelease, passwd, group, certificates].every((it) => it === undefined || isTextOrNull(it)) &&
    typeof timeZones === "boolean" &&
    (loaders === undefined || isTexts(loaders)) &&
    isObject(directories) &&
    Object.values(directories).every(isDirectory) &&
    isObject(links) &&
    isTexts(Object.values(links)) &&
    isTexts(absent)
  );
}

function isDirectory(value: unknown): value is ReadDirectory {
  if (!isObject(value)) return false;
  const { complete, programs, others } = value;
  return typeof complete === "boolean" && isTexts(programs) && isTexts(others);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((it) => typeof it === "string");
}
