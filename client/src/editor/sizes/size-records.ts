import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Disposable, type Event, EventEmitter, type Uri } from "vscode";
import { packRecords, type StageRecords, unpackRecords } from "../../sizes/history/packed-records.ts";
import { type SizeRecord, withRecord } from "../../sizes/history/size-history.ts";

/** What the builds of each stage weighed, build after build. Kept with the workspace, on this machine. */
export interface SizeRecords extends Disposable {
  /** By stage, see `stageKey`; each oldest first, the stage that was built last is the last. */
  of(dockerfile: Uri): Promise<StageRecords>;
  remember(dockerfile: Uri, stage: string, record: SizeRecord): Promise<void>;
  /** Told the Dockerfile that has one more. */
  readonly onChange: Event<Uri>;
}

/** `folder` need not be there yet. `report` is told what keeps records from being written: the next build tries again. */
export function createSizeRecords(folder: string, report: (error: unknown) => void): SizeRecords {
  const changes = new EventEmitter<Uri>();
  const reading = new Map<string, Promise<StageRecords>>();
  const read = new Map<string, StageRecords>();
  // One file after another, so that a later record never ends below an earlier one.
  let writing = Promise.resolve();

  const fileOf = (path: string) => join(folder, `${createHash("sha256").update(path).digest("hex")}.json`);
  const of = ({ fsPath }: Uri): Promise<StageRecords> => {
    const known = read.get(fsPath);
    if (known) return Promise.resolve(known);
    const before = reading.get(fsPath);
    if (before) return before;
    const asked = readFile(fileOf(fsPath), "utf8")
      .then(unpackRecords, () => new Map())
      .then((records) => {
        // A build may have ended meanwhile.
        const latest = read.get(fsPath) ?? records;
        read.set(fsPath, latest);
        reading.delete(fsPath);
        return latest;
      });
    reading.set(fsPath, asked);
    return asked;
  };
  const write = async (path: string, records: StageRecords): Promise<void> => {
    const partial = join(folder, `${randomUUID()}.partial`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(partial, packRecords(records));
      await rename(partial, fileOf(path));
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      report(error);
    }
  };
  return {
    of,
    async remember(dockerfile, stage, record) {
      const next = new Map(await of(dockerfile));
      const own = withRecord(next.get(stage) ?? [], record);
      next.delete(stage);
      next.set(stage, own);
      read.set(dockerfile.fsPath, next);
      changes.fire(dockerfile);
      writing = writing.then(() => write(dockerfile.fsPath, next));
      await writing;
    },
    onChange: changes.event,
    dispose: () => changes.dispose(),
  };
}
