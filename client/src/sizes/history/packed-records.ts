import type { SizeRecord } from "./size-history.ts";

/** Records of one Dockerfile by stage, see `stageKey`; the stage that was built last is the last. */
export type StageRecords = ReadonlyMap<string, readonly SizeRecord[]>;

/** As they are kept: names of instructions once each, as most builds have the same. */
interface Packed {
  readonly form: 1;
  readonly names: Readonly<Record<string, string>>;
  readonly stages: readonly (readonly [string, readonly PackedRecord[]])[];
}

type PackedRecord = Omit<SizeRecord, "instructions"> & {
  readonly instructions: readonly (readonly [key: string, bytes: number])[];
};

/** As the text of a file, each instruction's name written once. `unpackRecords` reads it. */
export function packRecords(records: StageRecords): string {
  const names: Record<string, string> = {};
  const stages = [...records].map(
    ([stage, all]) =>
      [
        stage,
        all.map(({ instructions, ...record }) => ({
          ...record,
          instructions: instructions.map(({ key, name, bytes }) => {
            names[key] = name;
            return [key, bytes] as const;
          }),
        })),
      ] as const,
  );
  return JSON.stringify({ form: 1, names, stages } satisfies Packed);
}

/** None of what cannot be read: another form, or a file that was cut off. */
export function unpackRecords(text: string): StageRecords {
  try {
    const { form, names, stages } = JSON.parse(text) as Packed;
    if (form !== 1) return new Map();
    return new Map(
      stages.map(([stage, all]) => [
        stage,
        all.map(({ instructions, ...record }) => ({
          ...record,
          instructions: instructions.map(([key, bytes]) => ({ key, name: names[key] ?? "", bytes })),
        })),
      ]),
    );
  } catch {
    return new Map();
  }
}
