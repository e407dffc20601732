import { WINDOWS_TAG } from "../../model/image/families/family.ts";
import { baseBelow } from "../../model/stage/base-image.ts";
import type { ImageReference, Stage } from "../../model/stage/stage.ts";
import { readPackageCommand } from "../../rules/knowledge/packages/package-commands.ts";
import type { Candidate } from "./variant.ts";

/** Images that bring what runs the program, and the others that bring the same version of it. */
export interface InterpretedStack {
  readonly candidates: readonly Candidate[];
  /** Programs that have another place than the PATH in some of them. */
  readonly interpreters: (image: string) => Readonly<Record<string, string>>;
}

/** By the name of the final stage's image. Undefined for one that brings nothing to run programs with. */
export function interpretedStack(stage: Stage): InterpretedStack | undefined {
  const base = baseBelow(stage);
  if (base.kind !== "image" || base.image.digest !== undefined) return undefined;
  if (WINDOWS_TAG.test(base.image.tag ?? "")) return undefined;
  for (const stack of stacks) {
    const candidates = stack.of(base.image, stage);
    if (candidates) return { candidates, interpreters: (image) => stack.interpreters?.(image) ?? {} };
  }
  return undefined;
}

interface Stack {
  readonly of: (image: ImageReference, stage: Stage) => readonly Candidate[] | undefined;
  readonly interpreters?: (image: string) => Readonly<Record<string, string>>;
}

/** Majors that distroless has (nodejs/config.bzl and java/config.bzl of GoogleContainerTools/distroless, read 2026-11). */
const DISTROLESS_NODE = ["22", "24", "26"];
const DISTROLESS_JAVA = ["17", "21", "25"];
const DISTROLESS_PYTHON = "3.13";

const node: Stack = {
  of({ name, tag = "" }) {
    const version = name === "node" ? versionOf(tag) : /^gcr\.io\/distroless\/nodejs(\d+)-/.exec(name)?.[1];
    if (version === undefined) return undefined;
    const major = version.split(".")[0] ?? "";
    return [
      { name: "alpine", image: `node:${version}-alpine` },
      { name: "slim", image: `node:${version}${releaseOf(tag)}-slim` },
      ...(DISTROLESS_NODE.includes(major) ? [distroless(`nodejs${major}`)] : []),
    ];
  },
  // Its PATH does not lead there (nodejs.bzl, read 2026-11).
  interpreters: (image) => (image.startsWith("gcr.io/distroless/nodejs") ? { node: "/nodejs/bin/node" } : {}),
};

const python: Stack = {
  of({ name, tag = "" }, stage) {
    const version =
      name === "python"
        ? versionOf(tag)
        : /^gcr\.io\/distroless\/python3-/.test(name)
          ? DISTROLESS_PYTHON
          : undefined;
    if (version === undefined) return undefined;
    const minor = /^\d+\.\d+/.exec(version)?.[0];
    return [
      { name: "slim", image: `python:${version}${releaseOf(tag)}-slim`.replace(/(-\w+)-slim$/, "-slim$1") },
      {
        name: "alpine",
        image: `python:${version}-alpine`,
        checks: [
          "Not every package has a wheel for musl: what has none is compiled in the build, which takes long and may need a compiler.",
        ],
      },
      ...(minor === DISTROLESS_PYTHON
        ? [
            {
              ...distroless("python3"),
              ...(installsPackages(stage) && {
                unfit:
                  "Installed packages, and virtual environments too, lie where python:… has its Python. Distroless has another one, at /usr/bin: install with pip --target, and set PYTHONPATH.",
              }),
            },
          ]
        : []),
    ];
  },
  interpreters(image) {
    const path = `/usr/bin/python${DISTROLESS_PYTHON}`;
    return image.startsWith("gcr.io/distroless/python3") ? { python: path, python3: path } : {};
  },
};

const java: Stack = {
  of({ name, tag = "" }) {
    const version =
      name === "eclipse-temurin"
        ? /^(\d[\w.]*?)(?=-|$)/.exec(tag)?.[1]
        : (/^gcr\.io\/distroless\/java(\d+)-/.exec(name)?.[1] ??
          (/^(openjdk|amazoncorretto)$/.test(name) ? versionOf(tag) : undefined));
    if (version === undefined) return undefined;
    const major = /^\d+/.exec(version)?.[0] ?? "";
    return [
      { name: "jre", image: `eclipse-temurin:${version}-jre` },
      { name: "jre-alpine", image: `eclipse-temurin:${version}-jre-alpine` },
      ...(DISTROLESS_JAVA.includes(major) ? [distroless(`java${major}`)] : []),
    ];
  },
};

const nginx: Stack = {
  of({ name, tag = "latest" }, stage) {
    if (name !== "nginx" && name !== "nginxinc/nginx-unprivileged") return undefined;
    const version = /^(\d[\d.]*|stable|mainline)(?=-|$)/.exec(tag)?.[1];
    const of = (variant: string) => `${name}:${[version, variant].filter(Boolean).join("-")}`;
    const modules = stage.instructions.some((it) => /load_module|njs|xslt|geoip/i.test(it.body.text));
    const checks = modules
      ? []
      : [
          "alpine-slim has no modules for njs, XSLT, GeoIP and image filters: a configuration that loads one fails.",
        ];
    return [
      {
        name: "alpine-slim",
        image: of("alpine-slim"),
        checks,
        ...(modules && {
          unfit: "The Dockerfile speaks of a module of nginx that this image does not have.",
        }),
      },
      { name: "alpine", image: of("alpine") },
    ];
  },
};

const MICROSOFT = /^mcr\.microsoft\.com\/dotnet\/(aspnet|runtime|runtime-deps)$/;

const dotnet: Stack = {
  of({ name, tag = "" }, stage) {
    const version = MICROSOFT.test(name) ? /^(\d+\.\d+)(?=-|$)/.exec(tag)?.[1] : undefined;
    if (version === undefined) return undefined;
    const culture =
      "Dates, numbers and texts are formatted alike in every culture: the image has no ICU (DOTNET_SYSTEM_GLOBALIZATION_INVARIANT).";
    const chiseled = Number(version) >= 10 ? `${version}-noble-chiseled` : `${version}-jammy-chiseled`;
    const unfit = publishesForGlibc(stage) && {
      unfit: "The program is published for one platform with glibc (-r linux-…), and Alpine has musl.",
    };
    return [
      { name: "chiseled", image: `${name}:${chiseled}`, checks: [culture] },
      { name: "alpine", image: `${name}:${version}-alpine`, checks: [culture], ...unfit },
    ];
  },
};

const stacks: readonly Stack[] = [node, python, java, nginx, dotnet];

/** `24.3.0` of `24.3.0-bookworm-slim`; undefined for a name whose number changes, as `lts`. */
function versionOf(tag: string): string | undefined {
  return /^\d+(\.\d+)*(?=-|$)/.exec(tag)?.[0];
}

/** `-bookworm` where the tag names a release of Debian. */
function releaseOf(tag: string): string {
  return /-(bookworm|trixie)(?=-|$)/.exec(tag)?.[0] ?? "";
}

function distroless(kind: string): Candidate {
  const image = `gcr.io/distroless/${kind}-debian13`;
  return { name: "distroless", image: `${image}:nonroot`, imageForRoot: `${image}:latest` };
}

function installsPackages({ model }: Stage): boolean {
  return model.stages.some((stage) =>
    stage.instructions.some((it) =>
      (stage.commandsOf(it)?.commands ?? []).some((command) => {
        const program = command.name?.literal ?? "";
        const isPip = readPackageCommand(command)?.manager === "pip";
        return (
          isPip || /^(uv|poetry|pipenv|pdm|virtualenv)$/.test(program) || /-m venv\b/.test(textOf(command))
        );
      }),
    ),
  );
}

function publishesForGlibc({ model }: Stage): boolean {
  return model.stages.some((stage) =>
    stage.instructions.some((it) =>
      (stage.commandsOf(it)?.commands ?? []).some(
        (command) =>
          command.name?.literal === "dotnet" &&
          /(\s-r|--runtime|--arch|\s-a)[\s=](?!linux-musl)/.test(textOf(command)),
      ),
    ),
  );
}

function textOf({ arguments: words }: { readonly arguments: readonly { readonly raw: string }[] }): string {
  return ` ${words.map((it) => it.raw).join(" ")}`;
}
