import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { dockerfileRule, type Fix, type Related } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const hardCodedArchitecture = dockerfileRule({
  id: "hard-coded-architecture",
  title: "One architecture in a build for several",
  severity: "warning",
  tags: ["build", "run"],
  aliases: ["S37", "hardcoded-arch"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`GOARCH=amd64\`, \`cargo build --target x86_64-…\`, \`dotnet publish -r linux-x64\` and the download of a file for one
      architecture (\`…-linux-amd64.tar.gz\`), and in \`COPY --from\`, LD_PRELOAD and JAVA_HOME paths such as
      \`/usr/lib/x86_64-linux-gnu/…\`, in a file that is plainly built for several platforms: it uses \`BUILDPLATFORM\`,
      \`TARGETPLATFORM\` or \`TARGETARCH\`, or a Compose file beside or above names several. In other files only \`GOARCH\` is reported,
      as information. Silent where a script looks at the architecture or names several, in a stage that is for one architecture, and
      behind a condition.`,
    why: source`
      The image for the other platform gets a program of the wrong architecture, and starting it fails with "exec format
      error", or the build does.`,
    bad: source`
      FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 GOARCH=amd64 go build -o /out/api .
                        ^^^^^^^^^^^^ hard-coded-architecture: This builds for amd64, whatever platform the image is for.
      FROM alpine:3.24
      COPY --from=builder /out/api /usr/local/bin/`,
    good: source`
      FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
      ARG TARGETARCH
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /out/api .
      FROM alpine:3.24
      COPY --from=builder /out/api /usr/local/bin/`,
  },

  check(model, report) {
    if (!ANY_ARCHITECTURE.test(model.file.text) && !model.file.text.includes("GOARCH")) return;
    const sign = signOfSeveral(model);
    // Where several are named by hand, each has its place.
    if (namesSeveral(model.file.text) || (!sign && isForOneMachine(model))) return;
    const forOne = new Set<Stage>();
    for (const stage of model.stages) {
      const { base } = stage;
      if (isForOne(stage) || (base.kind === "stage" && forOne.has(base.stage))) {
        forOne.add(stage);
        continue;
      }
      for (const instruction of stage.instructions)
        for (const { architecture, span, kind } of namedIn(instruction, stage)) {
          // Without a sign only Go's own variable is plainly no more than a habit.
          if (!sign && (kind !== "go" || !isForLinux(instruction, stage))) continue;
          const what =
            kind === "path"
              ? `path is there on ${architecture} alone`
              : kind === "download"
                ? `is for ${architecture} alone`
                : `builds for ${architecture}`;
          // What a stage of the machine that builds downloads, it may start itself or hand on.
          const whatever =
            kind === "download" && /BUILDPLATFORM/.test(stage.bottom.platform?.value ?? "")
              ? "builds the image or runs it"
              : "the image is for";
          report(span, `This ${what}, whatever platform ${whatever}.`, {
            ...(sign ? {} : { severity: "info" }),
            related: [sign ?? OTHER_MACHINES],
            fixes: kind === "go" ? fixesOf(span, architecture, instruction, stage) : [],
          });
        }
    }
  },
});

const OTHER_MACHINES: Related = {
  message:
    "Built on a machine of another architecture, e.g. a Mac with Apple silicon, the image is for that machine and its program is not.",
};

/** Does a Compose file, a flag or the image that is shipped say for which platform it is? */
function isForOneMachine({ finalStage, inputs }: DockerfileModel): boolean {
  return (inputs.platforms ?? []).length > 0 || !finalStage || isForOne(finalStage.bottom);
}

/** A program for Windows or macOS is not for the image that it is built in. */
function isForLinux(instruction: Instruction, stage: Stage): boolean {
  const text = [instruction.body.text, ...instruction.hereDocuments.map((it) => it.text.text)].join("\n");
  const here = /\bGOOS=["']?([\w${}]+)/.exec(text)?.[1];
  const before = stage.before(instruction).variable("GOOS");
  return here === undefined ? !before.known || /^(linux|)$/.test(before.value) : here === "linux";
}

/** What says that the file is built for several platforms. */
function signOfSeveral({ stages, inputs }: DockerfileModel): Related | undefined {
  const platforms = inputs.platforms ?? [];
  const architectures = new Set(platforms.map((it) => it.split("/")[1]));
  if (architectures.size > 1) return { message: `A Compose file builds it for ${platforms.join(" and ")}.` };
  const message = "This is for a build for several platforms.";
  for (const { platform, instructions } of stages) {
    if (platform && /\$\{?(BUILD|TARGET)PLATFORM\b/.test(platform.value ?? ""))
      return { message, span: platform.span };
    const arg = instructions.find(
      (it) =>
        it.name === "ARG" && it.pairs.some((pair) => /^TARGET(ARCH|PLATFORM|VARIANT)$/.test(pair.name.raw)),
    );
    if (arg) return { message, span: arg.span };
  }
  return undefined;
}

const ARCHITECTURE = /(?<![a-z0-9])(amd64|x86_64|x86-64|x64|arm64|aarch64|arm64v8)(?![a-z0-9])/gi;
const ANY_ARCHITECTURE = new RegExp(ARCHITECTURE.source, "i");

function namesSeveral(text: string): boolean {
  return text.includes("GOARCH=") && new Set(text.match(/(?<=\bGOARCH=["']?)\w+/g)).size > 1;
}

/** By its platform, its name or its image. */
function isForOne({ platform, name, from }: Stage): boolean {
  const text = `${name ?? ""} ${from.words[0]?.raw ?? ""}`;
  const isConstant = platform !== undefined && !platform.value?.includes("$");
  return isConstant || ANY_ARCHITECTURE.test(text);
}

interface Named {
  readonly architecture: string;
  readonly span: Span;
  readonly kind: "go" | "cargo" | "download" | "path";
}

function namedIn(instruction: Instruction, stage: Stage): Named[] {
  if (instruction.name === "ENV")
    return instruction.pairs.flatMap(({ name, value, span }): Named[] => {
      if (name.raw === "GOARCH" && value && ARCHITECTURES.has(value.raw))
        return [{ architecture: value.raw, span, kind: "go" }];
      // A search path with a folder that is missing does no harm.
      return /^(LD_PRELOAD|JAVA_HOME)$/.test(name.raw) && value ? pathIn(value, stage) : [];
    });
  if (instruction.name === "COPY" && instruction.flags.some((it) => it.name === "from"))
    return isCopiedFromOne(instruction, stage)
      ? []
      : instruction.words.slice(0, -1).flatMap((it) => pathIn(it, stage));
  if (instruction.name === "ADD")
    return instruction.words
      .slice(0, -1)
      .flatMap(({ raw, span }) =>
        isDownload(raw) ? { architecture: architectureIn(raw) ?? "", span, kind: "download" as const } : [],
      );
  if (instruction.name !== "RUN") return [];
  if (!says(MAY_NAME, instruction) || says(LOOKS, instruction)) return [];
  const commands = stage.scriptOf(instruction)?.commands ?? [];
  return commands.flatMap((command): Named[] => {
    if (command.conditional) return [];
    const builds = command.assignments.flatMap(({ name, value, span }) =>
      name === "GOARCH" && ARCHITECTURES.has(value?.literal ?? "")
        ? [{ architecture: value?.literal ?? "", span, kind: "go" as const }]
        : [],
    );
    if (command.name?.literal === "cargo") return [...builds, ...cargoTarget(command)];
    if (command.name?.literal === "dotnet") return dotnetRuntime(command, stage.model.file.text);
    if (!/^(curl|wget)$/.test(command.name?.literal ?? "")) return builds;
    const url = command.arguments.find((it) => isDownload(it.raw));
    return url
      ? [
          ...builds,
          { architecture: architectureIn(url.raw) ?? "", span: url.span, kind: "download" as const },
        ]
      : builds;
  });
}

/** Debian's folders of libraries and of Java, which are called after the architecture; a file that names several has a place for each. */
function pathIn({ raw, span }: Word, { model }: Stage): Named[] {
  const found = PATH.exec(raw);
  const architecture = found?.[1] ?? found?.[2];
  if (architecture === undefined || /\*/.test(raw)) return [];
  const others = model.file.text.match(PATHS) ?? [];
  const isArm = (it: string) => /aarch64|arm64/.test(it);
  return others.every((it) => isArm(it) === isArm(architecture))
    ? [{ architecture, span, kind: "path" }]
    : [];
}

const PATH = /\/lib\/(?:(x86_64|aarch64)-linux-gnu\/|jvm\/[\w.-]*-(amd64|arm64)(?![\w-]))/;
const PATHS = /(?:x86_64|aarch64)-linux-gnu|jvm\/[\w.-]*-(?:amd64|arm64)/g;

/** Is it from a stage or an image that is for one architecture itself? */
function isCopiedFromOne({ flags }: Instruction, { model }: Stage): boolean {
  const from = flags.find((it) => it.name === "from")?.value ?? "";
  const stage = model.findStage(from);
  return stage ? isForOne(stage) : ANY_ARCHITECTURE.test(from);
}

/** `cargo build --target x86_64-unknown-linux-musl`; of several each is there for a platform. */
function cargoTarget({ arguments: words }: Command): Named[] {
  const [verb] = words;
  if (!/^(build|b|install|zigbuild)$/.test(verb?.literal ?? "")) return [];
  const targets = words.filter(
    ({ literal }, at) => words[at - 1]?.literal === "--target" || literal?.startsWith("--target="),
  );
  const [word, ...more] = targets;
  const architecture = /^(?:--target=)?(x86_64|aarch64)-[\w-]*linux/.exec(word?.literal ?? "")?.[1];
  return word && architecture && more.length === 0 ? [{ architecture, span: word.span, kind: "cargo" }] : [];
}

/** `dotnet publish -r linux-x64`, `-a x64`; a file that names several has a place for each. */
function dotnetRuntime({ arguments: words }: Command, text: string): Named[] {
  if (!/^(publish|build|restore)$/.test(words[0]?.literal ?? "")) return [];
  if (/\blinux-(musl-)?x64\b/.test(text) && /\blinux-(musl-)?arm64\b/.test(text)) return [];
  return words.flatMap(({ literal, span }, at): Named[] => {
    const option = words[at - 1]?.literal ?? "";
    const value = /^(-r|--runtime|-a|--arch)$/.test(option)
      ? literal
      : /^(?:--runtime=|--arch=|[-/]p:RuntimeIdentifier=)(.*)$/.exec(literal ?? "")?.[1];
    const architecture = /^(?:linux-(?:musl-)?)?(x64|arm64)$/.exec(value ?? "")?.[1];
    return architecture ? [{ architecture, span, kind: "cargo" }] : [];
  });
}

/** Most RUNs neither build for a platform nor download anything. */
const MAY_NAME = /GOARCH=|:\/\/|--target|dotnet/;

/** Ways to find out, and words that say it was thought of. */
const LOOKS =
  /uname|print-arch|TARGET(ARCH|PLATFORM|VARIANT)|BUILD(ARCH|PLATFORM)|\barch\b|\$\{?\w*ARCH|qemu|case\s/i;

/** What `go tool dist list` has for Linux in use (Go 1.27). */
const ARCHITECTURES: ReadonlySet<string> = new Set("amd64 arm64 386 arm ppc64le s390x riscv64".split(" "));

/** A URL that names one architecture. */
function isDownload(raw: string): boolean {
  return /^["']?(https?|ftp):\/\//.test(raw) && !/qemu/i.test(raw) && architectureIn(raw) !== undefined;
}

function architectureIn(raw: string): string | undefined {
  const names = new Set((raw.match(ARCHITECTURE) ?? []).map((it) => it.toLowerCase()));
  const kinds = new Set([...names].map((it) => (/^(arm|aarch)/.test(it) ? "arm64" : "amd64")));
  return kinds.size === 1 ? [...names][0] : undefined;
}

function fixesOf(span: Span, architecture: string, instruction: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  const isSet = stage.before(instruction).isSet("TARGETARCH").is;
  const text = file.text.slice(span.start, span.end);
  const at = span.start + text.lastIndexOf(architecture);
  const edits = [
    ...(isSet === "yes" ? [] : [insertAbove(file, instruction, "ARG TARGETARCH")]),
    replace({ start: at, end: at + architecture.length }, "$TARGETARCH"),
  ];
  return [{ kind: "unsafe", title: "Build for the target's architecture", edits }];
}
