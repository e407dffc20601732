/** Libraries of the system that compiled packages of languages load and do not bring along. */
export const LIBRARIES = ["libpq", "libmariadb", "libicu", "libzip", "libpng", "libxslt"] as const;

export type Library = (typeof LIBRARIES)[number];

/**
 * What is known of a base image. `undefined` means not known, never "no". From the shipped table, or read
 * from the image itself when the engine has it.
 */
export interface ImageFacts {
  /** Familiar name without tag: `alpine`, `golang`, `gcr.io/distroless/static-debian12`, `scratch`. */
  readonly name: string;
  readonly tag: string;
  readonly os: OperatingSystem | undefined;
  readonly libc: "glibc" | "musl" | "none" | undefined;
  /** Path of the shell that shell form runs; `none` when the image has no shell. */
  readonly shell: string | "none" | undefined;
  readonly packageManager: PackageManager | "none" | undefined;
  /** Program name → there or not. A name that is missing is not known. */
  readonly tools: Readonly<Record<string, boolean>>;
  /** True when `tools` names every program that the shell finds: a name that is missing is not there. */
  readonly toolsComplete?: boolean;
  /** True when /etc/ssl/certs holds a bundle that Go and OpenSSL find. */
  readonly certificates: boolean | undefined;
  readonly timeZones: boolean | undefined;
  /** Libraries of the system: one that is missing is not known. */
  readonly libraries?: Readonly<Partial<Record<Library, boolean>>>;
  /** Users of /etc/passwd with their uid, no one missing; undefined when the list is not known to be complete. */
  readonly users: Readonly<Record<string, number>> | undefined;
  /** The same of /etc/group. */
  readonly groups?: Readonly<Record<string, number>>;
  /** As USER says: a name, an id, or `name:group`. */
  readonly defaultUser: string | undefined;
  readonly workdir: string | undefined;
  /** `8080/tcp`. */
  readonly exposedPorts: readonly string[] | undefined;
  readonly volumes: readonly string[] | undefined;
  readonly entrypoint: readonly string[] | null | undefined;
  readonly cmd: readonly string[] | null | undefined;
  readonly stopSignal: string | null | undefined;
  /** What the image's SHELL says; absent for the default. */
  readonly shellCommand?: readonly string[];
  /** Variables that the image's ENV sets; null when it sets one to a value that is not known. */
  readonly environment?: Readonly<Record<string, string | null>>;
  /** True when `environment` names every variable that the image sets. */
  readonly environmentComplete?: boolean;
  /** Absolute path of a directory → all names that may be in it: what is not among them is not there. */
  readonly directories?: Readonly<Record<string, readonly string[]>>;
  /** Those of `directories` that are there with all that they name. */
  readonly exactDirectories?: ReadonlySet<string>;
  /** Directories that are symbolic links → the directory that they lead to. */
  readonly links?: Readonly<Record<string, string>>;
  /** Absolute paths that are certainly not there. */
  readonly absent?: ReadonlySet<string>;
  /** Absolute paths of files that are there, among others. */
  readonly files?: readonly string[];
  readonly hasHealthcheck: boolean | undefined;
  /** Bytes, linux/amd64. */
  readonly compressedSize: number | undefined;
  readonly unpackedSize: number | undefined;
  /** What the image is for: `toolchain` carries a compiler or SDK that a running service does not need. */
  readonly role: "toolchain" | "runtime" | "database" | "base" | undefined;
  /** `linux/arm64`; of the shipped table linux/amd64. */
  readonly platform?: string;
  /** Set when the image itself was read, by the id that it has on the engine. */
  readonly readFrom?: {
    readonly id: string;
    /** False when the engine was not there and the facts are remembered from an earlier look. */
    readonly isHere: boolean;
  };
  /** Where the facts come from, and when: shown to the user. */
  readonly source: string;
  readonly date: string | undefined;
}

export type OperatingSystem = {
  readonly family: "alpine" | "debian" | "rhel" | "suse" | "arch" | "wolfi" | "busybox" | "none" | "other";
  readonly version: string | undefined;
};
export type PackageManager = "apk" | "apt" | "dnf" | "microdnf" | "yum" | "zypper" | "pacman" | "tdnf";

/** Looks facts up; handed in, so the model does no IO. */
export interface ImageFactsSource {
  /** Facts of exactly this image and tag, or undefined. A digest alone is not known to the shipped table. */
  find(image: {
    readonly name: string;
    readonly tag: string | undefined;
    readonly digest: string | undefined;
  }): ImageFacts | undefined;
  /** Names of images, and tags of one image, for completion; newest first. */
  names(): readonly string[];
  tags(name: string): readonly string[];
}
