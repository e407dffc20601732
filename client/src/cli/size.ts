import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadBundle } from "../bundles.ts";
import type { ConnectOptions } from "../engine/connect.ts";
import type { Engine } from "../engine/engine.ts";
import { failureIn } from "../engine/failures.ts";
import type { SizeRequest, SizeTerminal } from "../shared/size-request.ts";
import { judge } from "../sizes/budget.ts";
import type { ImageReport } from "../sizes/report/image-report.ts";
import { changeOf, grownTooMuch, sameImage } from "../sizes/report/size-change.ts";
import { readSizeRecord } from "../sizes/report/size-record.ts";
import { measure } from "./measure.ts";
import { sizesAsJson } from "./sizes-as-json.ts";
import { sizesAsMarkdown } from "./sizes-as-markdown.ts";
import { sizesAsText } from "./sizes-as-text.ts";
import { failsOf, type SizeResult } from "./verdict.ts";
import { appendOrWrite, writeResult } from "./write-result.ts";

/** How an engine is found; the tests hand in another way, as bundles are built for them only now and then. */
type Connect = (options: ConnectOptions) => Promise<Engine>;

const connectByBundle: Connect = (options) =>
  loadBundle(dirname(import.meta.dirname), "engine").connect(options);

/**
 * `plimsoll size`: weighs images and Dockerfiles, judges them and prints what came of it. What is expected to fail (no engine, a
 * build, a file) ends as a sentence and 2; else 1 for an image that is over a budget or grew too much, and 0. 130 when interrupted.
 */
export async function runSize(
  request: SizeRequest,
  terminal: SizeTerminal,
  connect: Connect = connectByBundle,
): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  try {
    const earlier = request.against === undefined ? undefined : readRecord(request.against);
    if (typeof earlier === "string") return failed(terminal, earlier);
    const engine = await connect({ signal: stop.signal });
    const reports: ImageReport[] = [];
    for (const subject of request.subjects)
      reports.push(await measure(engine, subject, terminal, stop.signal));
    const results = reports.map((report, at) => resultOf(report, at, reports, request, earlier));
    return tell(results, request, terminal);
  } catch (error) {
    const failure = failureIn(error);
    if (!failure) throw error;
    if (failure.kind === "cancelled") return 130;
    return failed(terminal, error instanceof Error ? error.message : String(error));
  } finally {
    process.removeListener("SIGINT", interrupt);
    process.removeListener("SIGTERM", interrupt);
  }
}

function failed(terminal: SizeTerminal, message: string): number {
  terminal.error(`plimsoll size: ${message}\n`);
  return 2;
}

/** Earlier reports, or why there are none. */
function readRecord(path: string): readonly ImageReport[] | string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return `There is no record ${path} that can be read. Write one on the base branch with --record.`;
  }
  const record = readSizeRecord(text);
  return typeof record === "string" ? `${path} cannot be compared with: ${record}.` : record.images;
}

function resultOf(
  report: ImageReport,
  at: number,
  all: readonly ImageReport[],
  { subjects, maxGrowth }: SizeRequest,
  earlier: readonly ImageReport[] | undefined,
): SizeResult {
  const subject = subjects[at];
  const references = [report.name, ...report.references];
  const measured = { disk: report.onDisk, transfer: report.transfer ?? undefined };
  const before = earlier && sameImage(report, all, earlier);
  const change = before && changeOf(report, before);
  return {
    report,
    file: subject?.kind === "dockerfile" ? subject.name.replace(/#.*$/, "") : undefined,
    verdicts: judge(subject?.budgets ?? [], references, measured),
    isCompared: earlier !== undefined,
    change,
    growth: change && maxGrowth && { limit: maxGrowth, over: grownTooMuch(change, maxGrowth) },
  };
}

function tell(results: readonly SizeResult[], request: SizeRequest, terminal: SizeTerminal): number {
  for (const { report } of results)
    for (const it of report.problems) terminal.error(`${report.name}: ${it}\n`);
  const forms = { text: sizesAsText, markdown: sizesAsMarkdown, json: sizesAsJson };
  const text = forms[request.format](results);
  terminal.out(request.output === undefined ? text : sizesAsText(results));
  const record = `${JSON.stringify({ form: 1, images: results.map((it) => it.report) }, null, 2)}\n`;
  const problems = [
    request.output === undefined ? undefined : appendOrWrite(request.output, text),
    request.record === undefined ? undefined : writeResult(request.record, record),
  ].filter((it) => it !== undefined);
  for (const it of problems) failed(terminal, it);
  const { isOver, isUnknown } = failsOf(results);
  for (const it of isUnknown) failed(terminal, it);
  return problems.length > 0 || isUnknown.length > 0 ? 2 : isOver ? 1 : 0;
}
