import { baseBelow } from "../../model/stage/base-image.ts";
import { holdingStage } from "../../model/stage/holding-stage.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { KnownFile } from "../../model/stage/state.ts";
import { withoutCgo } from "../../rules/writing/multi-stage/compiled.ts";
import { pathOfProgram, startedBy } from "../../rules/writing/multi-stage/started-program.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Candidate } from "./variant.ts";

/** A compiled program and the bases that it runs on. */
export interface CompiledStack {
  readonly candidates: readonly Candidate[];
  /** Edits of the build for a program that needs no C library; empty when it needs none as it is. */
  readonly build: readonly TextEdit[];
  readonly changes: readonly string[];
}

/** Undefined where the stage starts no program that one of the file's stages compiles. */
export function compiledStack(stage: Stage): CompiledStack | undefined {
  const started = startedBy(stage);
  const path = started && pathOfProgram(started.program, stage);
  const file = path === undefined ? undefined : stage.result.fileAt(path);
  if (!file?.binary) return undefined;
  const builder = holdingStage(file.binary.builtBy, stage.model);
  const { linkage } = file.binary;
  const build = staticBuild(file, builder);
  if (build) {
    const changes =
      build.length > 0 ? ["CGO_ENABLED=0: the program is linked statically, and needs no C library."] : [];
    return { candidates: anywhere(stage, builder), build, changes };
  }
  if (!linkage.known || linkage.value === "static") return { candidates: [], build: [], changes: [] };
  const candidates = linkage.value.libc === "glibc" ? withGlibc(stage, builder) : [alpine(stage, builder)];
  return { candidates, build: [], changes: [] };
}

/** What makes it static: nothing where it is, an edit of the build where it is Go without C. */
function staticBuild(file: KnownFile, builder: Stage | undefined): readonly TextEdit[] | undefined {
  const { linkage, language } = file.binary ?? {};
  if (linkage?.known && linkage.value === "static") return [];
  return language === "go" && builder ? withoutCgo(file, builder) : undefined;
}

function anywhere(stage: Stage, builder: Stage | undefined): readonly Candidate[] {
  const release = debianRelease(stage, builder);
  return [
    { name: "scratch", image: "scratch" },
    distroless("static", release),
    alpine(stage, builder),
    slim(release),
  ];
}

function withGlibc(stage: Stage, builder: Stage | undefined): readonly Candidate[] {
  const release = debianRelease(stage, builder);
  const reason = "The program is linked against glibc, and the image has none.";
  return [
    { name: "scratch", image: "scratch", unfit: reason },
    distroless("cc", release),
    { ...alpine(stage, builder), unfit: "The program is linked against glibc, and Alpine has musl." },
    slim(release),
  ];
}

function distroless(kind: "static" | "cc", release: string): Candidate {
  const image = `gcr.io/distroless/${kind}-debian${release === "bookworm" ? "12" : "13"}`;
  return { name: "distroless", image: `${image}:nonroot`, imageForRoot: `${image}:latest` };
}

function slim(release: string): Candidate {
  return { name: "slim", image: `debian:${release}-slim` };
}

/** Of the release that the file has already; else the newest that is known. */
function alpine(stage: Stage, builder: Stage | undefined): Candidate {
  const versions = [stage, builder].flatMap((it) => {
    const os = it?.initial.os;
    return os?.known && os.value.family === "alpine" && os.value.version ? [os.value.version] : [];
  });
  const version =
    /^\d+\.\d+/.exec(versions[0] ?? "")?.[0] ?? stage.model.inputs.images.tags("alpine")[0] ?? "3.24";
  return { name: "alpine", image: `alpine:${version}` };
}

const RELEASES: Readonly<Record<string, string>> = { "12": "bookworm", bookworm: "bookworm" };

/** Older than the builder's it may not be, as glibc only grows. */
function debianRelease(stage: Stage, builder: Stage | undefined): string {
  for (const it of [builder, stage]) {
    const base = it && baseBelow(it);
    const named = base?.kind === "image" && /(?:^|-)(bookworm|trixie)(?:-|$)/.exec(base.image.tag ?? "")?.[1];
    if (named) return named;
    const os = it?.initial.os;
    if (os?.known && os.value.family === "debian") return RELEASES[os.value.version ?? ""] ?? "trixie";
  }
  return "trixie";
}
