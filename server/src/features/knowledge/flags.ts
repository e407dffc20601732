/**
 * Flags of the Dockerfile instructions, in our own words. Names, values and defaults are those of the Dockerfile
 * reference (moby/buildkit, frontend/dockerfile/docs/reference.md) and its parser, read 2026-11; `since` is the
 * frontend version that brought the flag to the stable channel.
 */
export interface FlagKnowledge {
  readonly name: string;
  /** What it does, Markdown. */
  readonly summary: string;
  /** Undefined for a flag that needs no value. */
  readonly value: FlagValue | undefined;
  readonly since?: string;
}

export interface FlagValue {
  /** What stands in the editor until the user types, e.g. `user:group`. */
  readonly placeholder: string;
  /** Values that make sense; the list need not be complete. */
  readonly known: readonly KnownValue[];
}

export interface KnownValue {
  readonly value: string;
  readonly summary: string;
}

/** Platforms that base images are commonly published for, and the variables a cross-build uses. */
const platforms: readonly KnownValue[] = [
  {
    value: "$BUILDPLATFORM",
    summary: "The platform that the build runs on: compilers run at full speed and cross-compile.",
  },
  {
    value: "$TARGETPLATFORM",
    summary: "The platform that is built for; also what happens without the flag.",
  },
  { value: "linux/amd64", summary: "64-bit Intel and AMD." },
  { value: "linux/arm64", summary: "64-bit ARM: Apple silicon, AWS Graviton, Raspberry Pi 4 and later." },
  { value: "linux/arm/v7", summary: "32-bit ARM, hard float." },
  { value: "linux/386", summary: "32-bit Intel." },
  { value: "linux/ppc64le", summary: "IBM POWER, little endian." },
  { value: "linux/s390x", summary: "IBM Z." },
  { value: "linux/riscv64", summary: "64-bit RISC-V." },
  { value: "windows/amd64", summary: "Windows containers." },
];

const duration = (summary: string, name: string, example: string): FlagKnowledge => ({
  name,
  summary: `${summary} Written with a unit: \`500ms\`, \`30s\`, \`1m30s\`.`,
  value: { placeholder: example, known: [] },
});

const chown: FlagKnowledge = {
  name: "chown",
  summary:
    "Owner of what is copied: `user`, `user:group`, or ids. Names are looked up in the stage's own `/etc/passwd` and `/etc/group`, so where these files are missing only ids work. Without the flag everything belongs to `0:0`.",
  value: { placeholder: "user:group", known: [] },
};

const chmod: FlagKnowledge = {
  name: "chmod",
  summary:
    "Permissions of what is copied, octal (`755`) or symbolic (`u=rwX,go=rX`). Saves the extra layer that a later `RUN chmod` writes.",
  value: {
    placeholder: "755",
    known: [
      { value: "755", summary: "Everyone reads and runs, the owner writes: programs and folders." },
      { value: "644", summary: "Everyone reads, the owner writes: configuration." },
      { value: "600", summary: "Only the owner reads and writes." },
      {
        value: "u=rwX,go=rX",
        summary: "Readable by all; the run bit only where it is already set and on folders.",
      },
    ],
  },
  since: "1.2",
};

const link: FlagKnowledge = {
  name: "link",
  summary:
    "Makes the copy a layer of its own that does not depend on the layers below. It stays in the cache when the base changes, and can be put on a new base without a rebuild. A symbolic link in the destination path is not followed.",
  value: undefined,
  since: "1.4",
};

const exclude: FlagKnowledge = {
  name: "exclude",
  summary: "Leaves out what matches the pattern, written as in `.dockerignore`. Can be given several times.",
  value: { placeholder: "pattern", known: [] },
  since: "1.19",
};

const from: FlagKnowledge = {
  name: "from",
  summary:
    "Copies from another stage (by name or number), from an image, or from a named build context, in place of the build context.",
  value: { placeholder: "stage", known: [] },
};

/** By instruction, in upper case. An instruction that is missing takes no flags. */
export const flagsOf: Readonly<Record<string, readonly FlagKnowledge[]>> = {
  FROM: [
    {
      name: "platform",
      summary:
        "Platform of the base image, for an image that is published for several. `$BUILDPLATFORM` keeps a compiler stage native while the result is for another platform.",
      value: { placeholder: "linux/amd64", known: platforms },
    },
  ],
  RUN: [
    {
      name: "mount",
      summary:
        "Makes something visible to this one command and writes none of it to the image: files of another stage, a cache that outlives the build, a secret, an SSH agent, memory.",
      value: { placeholder: "type=cache,target=/path", known: [] },
      since: "1.2",
    },
    {
      name: "network",
      summary: "Network that the command sees.",
      value: {
        placeholder: "none",
        known: [
          { value: "default", summary: "The build's usual network." },
          { value: "none", summary: "No network but the loopback: shows that the step downloads nothing." },
          { value: "host", summary: "The host's network. The build has to allow `network.host`." },
        ],
      },
      since: "1.3",
    },
    {
      name: "security",
      summary: "Rights of the command.",
      value: {
        placeholder: "sandbox",
        known: [
          { value: "sandbox", summary: "Locked in, the default." },
          { value: "insecure", summary: "Privileged. The build has to allow `security.insecure`." },
        ],
      },
      since: "1.20",
    },
    {
      name: "device",
      summary:
        "Gives the command a device of the build machine by its CDI name, e.g. `nvidia.com/gpu=all`. The build has to allow `device`.",
      value: { placeholder: "vendor.com/device", known: [] },
    },
  ],
  COPY: [
    from,
    chown,
    chmod,
    link,
    {
      name: "parents",
      summary:
        "Keeps the folders of each source below the destination; `/./` in a source marks where they begin. `COPY --parents */go.mod ./` keeps a module file beside each module.",
      value: undefined,
      since: "1.20",
    },
    exclude,
  ],
  ADD: [
    {
      name: "checksum",
      summary:
        "Digest that the download must have, else the build fails: `sha256:…`. For a git source, the commit.",
      value: { placeholder: "sha256:", known: [] },
      since: "1.6",
    },
    {
      name: "keep-git-dir",
      summary: "Keeps the `.git` folder when the source is a git repository.",
      value: undefined,
      since: "1.1",
    },
    {
      name: "unpack",
      summary:
        "Says whether an archive is unpacked. Without the flag a local archive is and a downloaded one is not.",
      value: {
        placeholder: "true",
        known: [
          { value: "true", summary: "Unpack it, wherever it comes from." },
          { value: "false", summary: "Keep the archive as the file it is." },
        ],
      },
      since: "1.17",
    },
    chown,
    chmod,
    link,
    exclude,
  ],
  HEALTHCHECK: [
    duration("Time between two checks; 30 seconds when not given.", "interval", "30s"),
    duration("Time a check may take before it counts as failed; 30 seconds when not given.", "timeout", "3s"),
    duration(
      "Time after the start in which failed checks do not count; none when not given. A check that succeeds ends it early.",
      "start-period",
      "10s",
    ),
    duration(
      "Time between two checks during the start period; 5 seconds when not given.",
      "start-interval",
      "1s",
    ),
    {
      name: "retries",
      summary: "Failed checks in a row that make the container unhealthy; 3 when not given.",
      value: { placeholder: "3", known: [] },
    },
  ],
};
