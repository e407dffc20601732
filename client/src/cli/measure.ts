import type { BuildRequest } from "../engine/build-types.ts";
import type { Engine, ImageDetails } from "../engine/engine.ts";
import { formatBytes } from "../shared/figures.ts";
import type { StageInfo } from "../shared/server-messages.ts";
import type { SizeSubject, SizeTerminal } from "../shared/size-request.ts";
import { type ImageReport, type MeasuredImage, reportOf } from "../sizes/image-report.ts";
import { build } from "./build.ts";
import { findBase } from "./find-base.ts";

type DockerfileSubject = Extract<SizeSubject, { kind: "dockerfile" }>;

/** Weighs an image; a Dockerfile is built first. Tells on the way what it does. Throws EngineError. */
export async function measure(
  engine: Engine,
  subject: SizeSubject,
  terminal: SizeTerminal,
  signal: AbortSignal,
): Promise<ImageReport> {
  const reference =
    subject.kind === "image"
      ? subject.reference
      : await build(engine, subject.name, requestOf(subject), subject.stages, terminal, signal);
  const image = await engine.inspectImage(reference, signal);
  const name = subject.kind === "image" ? subject.reference : subject.name;
  const read = await readLayers(engine, image, name, terminal, signal);
  if (subject.kind === "image")
    return reportOf({ name, image, ...read, ...(await baseOf(engine, image, signal)) });
  const dockerfile = { chain: subject.stage.chain, base: baseName(subject.stage, subject.stages) };
  return reportOf({ name, image, ...read, dockerfile });
}

async function baseOf(
  engine: Engine,
  image: ImageDetails,
  signal: AbortSignal,
): Promise<Pick<MeasuredImage, "base">> {
  const base = await findBase(engine, image, signal);
  return base ? { base } : {};
}

/** What the first of the stages that it is built on names. */
function baseName({ index, base, chain }: StageInfo, stages: readonly StageInfo[]): string {
  const first = Math.min(index, ...chain.map((it) => it.stage));
  return stages.find((it) => it.index === first)?.base ?? base;
}

function requestOf({ file, build }: DockerfileSubject): BuildRequest {
  const { context, buildArguments, target, platform, tag, secrets, noCache, pull } = build;
  return {
    ...{ context, dockerfile: file, buildArguments, secrets, noCache, pull },
    tags: tag === undefined ? [] : [tag],
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
  };
}

async function readLayers(
  engine: Engine,
  image: ImageDetails,
  name: string,
  terminal: SizeTerminal,
  signal: AbortSignal,
): Promise<Pick<MeasuredImage, "read" | "transfer" | "problems">> {
  terminal.error(`Weighing ${name} (${formatBytes(image.unpackedSize)})\n`);
  const archive = await engine.readLayers(image, { hashes: true, signal });
  const packed = archive.layers.map((it) => it.compressedSize);
  const isPacked = packed.length > 0 && packed.every((it) => it !== undefined);
  return {
    read: { configHistory: archive.history, layers: archive.layers.map((it) => it.layer) },
    transfer:
      image.compressedSize ?? (isPacked ? packed.reduce<number>((sum, it) => sum + (it ?? 0), 0) : undefined),
    problems: [archive.problem, ...archive.layers.map((it) => it.problem)].filter((it) => it !== undefined),
  };
}
