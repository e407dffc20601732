import type { ImageSummary } from "../../engine/engine.ts";
import type { StageInfo } from "../../shared/server-messages.ts";
import type { StageRecords } from "../history/packed-records.ts";
import type { SizeRecord } from "../history/size-history.ts";

/** An image that a stage was built to, and that the engine still has. */
export interface BuiltComparand {
  readonly record: SizeRecord;
  /** The stage's name; undefined for the final one. */
  readonly target: string | undefined;
}

/** What one may compare, by where it comes from; each image once. */
export interface Comparands {
  /** The last image of each stage, the one that was built last first. */
  readonly last: readonly BuiltComparand[];
  /** Those before it, newest first, also when their tag has moved on. */
  readonly earlier: readonly BuiltComparand[];
  /** Stages that can be built: the final one, and those with a name. */
  readonly stages: readonly StageInfo[];
  /** All other images of the engine, newest first: a tag each, or the id of one without. */
  readonly images: readonly (Pick<ImageSummary, "id" | "created" | "listedSize"> & {
    readonly reference: string;
  })[];
}

/** `records` and `stages` are those of one Dockerfile; none without one. */
export function comparands(
  images: readonly ImageSummary[],
  records: StageRecords,
  stages: readonly StageInfo[],
): Comparands {
  const here = new Set(images.map((it) => it.id));
  const told = new Set<string>();
  const last: BuiltComparand[] = [];
  const earlier: BuiltComparand[] = [];
  for (const [stage, all] of [...records].toReversed()) {
    const target = stage === "" ? undefined : stage;
    let isLast = true;
    for (const record of all.toReversed()) {
      if (!here.has(record.imageId) || told.has(record.imageId)) continue;
      told.add(record.imageId);
      (isLast ? last : earlier).push({ record, target });
      isLast = false;
    }
  }
  return {
    last,
    earlier: earlier.sort((a, b) => b.record.time - a.record.time),
    stages: stages.filter((it) => it.isFinal || it.name !== null).toReversed(),
    images: images
      .filter((it) => !told.has(it.id))
      .toSorted((a, b) => b.created - a.created)
      .flatMap(({ id, tags, created, listedSize }) =>
        (tags.length > 0 ? tags : [id]).map((reference) => ({ id, created, listedSize, reference })),
      ),
  };
}

/** Of the builds of a stage, those whose image the engine still has, each image once: where it was built last. */
export function stillThere(
  images: readonly Pick<ImageSummary, "id">[],
  records: readonly SizeRecord[],
): readonly SizeRecord[] {
  const here = new Set(images.map((it) => it.id));
  const lastOf = new Map(records.map((it) => [it.imageId, it]));
  return records.filter((it) => here.has(it.imageId) && lastOf.get(it.imageId) === it);
}
