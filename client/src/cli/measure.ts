import type { BuildRequest } from "../engine/build/build-types.ts";
import type { Engine, ImageDetails } from "../engine/engine.ts";
import { formatBytes } from "../shared/figures.ts";
import type { SizeSubject, SizeTerminal } from "../shared/size-request.ts";
import { rootOf } from "../sizes/history/built-stage.ts";
import { readImageOf, transferOfRead } from "../sizes/read-image.ts";
import { type ImageReport, type MeasuredImage, reportOf } from "../sizes/report/image-report.ts";
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
  const dockerfile = { chain: subject.stage.chain, base: rootOf(subject.stage, subject.stages).base };
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
  // A budget may be about it, and a record shall say it whatever engine there is.
  const transfer = image.compressedSize === undefined;
  const read = readImageOf(await engine.readLayers(image, { hashes: true, transfer, signal }));
  return { read, transfer: image.compressedSize ?? transferOfRead(read), problems: read.problems };
}
