import { basename } from "node:path";
import {
  type Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  l10n,
  languages,
  Range,
  Uri,
  workspace,
} from "vscode";
import type { LanguageServer } from "../../language-server.ts";
import { formatBytes } from "../../shared/figures.ts";
import { instructionKey } from "../../shared/instruction-key.ts";
import type { BudgetInfo, LinePlace, StageInfo } from "../../shared/server-messages.ts";
import { type BudgetVerdict, judge, type MeasuredSize } from "../../sizes/budget.ts";
import type { LineCost } from "../../sizes/lines/line-costs.ts";

/** An image of a stage as it was built or weighed. */
export interface JudgedImage {
  readonly stage: StageInfo;
  /** As one calls it. */
  readonly label: string;
  /** Its tags. */
  readonly references: readonly string[];
  readonly measured: MeasuredSize;
  /** What its own instructions added. */
  readonly lines: readonly Pick<LineCost, "line" | "bytes">[];
}

/** On the FROM of a stage that its image is over its budget, until a build fits, or the budget is another when the file is saved. */
export interface BudgetDiagnostics extends Disposable {
  /** Resolves to what is over, in words for the user. */
  show(dockerfile: Uri, image: JudgedImage): readonly string[];
}

/** Lines that are named because they weigh most. */
const mostLines = 3;

/** `pages`: the folder with one page a rule. */
export function createBudgetDiagnostics(language: LanguageServer, pages: Uri): BudgetDiagnostics {
  const collection = languages.createDiagnosticCollection("plimsoll-budgets");
  /** By the file's URI and the stage's number. */
  const judged = new Map<string, Map<number, JudgedImage>>();

  const draw = (file: Uri) => {
    const images = [...(judged.get(file.toString())?.values() ?? [])];
    collection.set(
      file,
      images.flatMap((image) =>
        over(image).map((it) => diagnosticOf(it, image, file, Uri.joinPath(pages, "size-budget.md"))),
      ),
    );
  };
  const judgeAgain = async (file: Uri) => {
    const images = judged.get(file.toString());
    const now = images && (await language.stages(file));
    if (!images || !now) return;
    for (const [index, image] of images) {
      const stage = now.stages.find((it) => it.index === index);
      if (stage) images.set(index, onLinesOf(stage, image));
      else images.delete(index);
    }
    draw(file);
  };
  /** Failures to ask the server are its own to tell. */
  const judgeSoon = (file: Uri) => void judgeAgain(file).catch(() => undefined);
  const following = [
    workspace.onDidSaveTextDocument(({ uri, languageId }) => {
      if (languageId === "dockerfile") judgeSoon(uri);
      else if (/^\.plimsoll\./.test(basename(uri.path)))
        for (const it of judged.keys()) judgeSoon(Uri.parse(it));
    }),
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration("plimsoll.sizeBudget"))
        for (const file of judged.keys()) judgeSoon(Uri.parse(file));
    }),
  ];
  return {
    show(file, image) {
      const images = judged.get(file.toString()) ?? new Map<number, JudgedImage>();
      judged.set(file.toString(), images.set(image.stage.index, image));
      draw(file);
      return over(image).map((it) => messageOf(it, image));
    },
    dispose() {
      for (const it of [collection, ...following]) it.dispose();
    },
  };
}

function over({ stage, references, measured }: JudgedImage): readonly BudgetVerdict[] {
  return judge(stage.budgets, references, measured).filter((it) => it.over > 0);
}

/** What was measured of the lines that still say the same, where they stand now. */
function onLinesOf(stage: StageInfo, image: JudgedImage): JudgedImage {
  const now = new Map(stage.chain.map((it) => [instructionKey(it.text), it]));
  const lines = image.lines.flatMap(({ line, bytes }) => {
    const found = now.get(instructionKey(line.text));
    return found ? [{ line: found, bytes }] : [];
  });
  return { ...image, stage, lines };
}

function messageOf({ budget, size = 0, over }: BudgetVerdict, { label }: JudgedImage): string {
  const figures = [formatBytes(size), formatBytes(over), formatBytes(budget.bytes)] as const;
  return budget.of === "disk"
    ? l10n.t("{0} weighs {1} on disk: {2} more than its budget of {3}.", label, ...figures)
    : l10n.t("{0} weighs {1} to transfer: {2} more than its budget of {3}.", label, ...figures);
}

function diagnosticOf(verdict: BudgetVerdict, image: JudgedImage, file: Uri, page: Uri): Diagnostic {
  const { from, severity } = verdict.budget;
  const reason = ({ line, endLine }: LinePlace, text: string) =>
    new DiagnosticRelatedInformation(new Location(file, lineRange(line, endLine)), text);
  const largest = image.lines
    .filter((it) => it.bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, mostLines)
    .map(({ line, bytes }) => reason(line, l10n.t("{0} adds {1}.", line.keyword, formatBytes(bytes))));
  const { line } = image.stage;
  return {
    range: lineRange(line, line),
    severity: severities[severity],
    source: "plimsoll",
    code: { value: "size-budget", target: page },
    message: messageOf(verdict, image),
    relatedInformation: [
      ...largest,
      ...(from.kind === "configuration" ? [configuredBy(from, file, line)] : []),
    ],
  };
}

function configuredBy(
  { path, pattern }: Extract<BudgetInfo["from"], { kind: "configuration" }>,
  file: Uri,
  line: number,
): DiagnosticRelatedInformation {
  return path === null
    ? new DiagnosticRelatedInformation(
        new Location(file, lineRange(line, line)),
        l10n.t("The setting plimsoll.sizeBudget says so for {0}.", pattern),
      )
    : new DiagnosticRelatedInformation(
        new Location(Uri.file(path), lineRange(0, 0)),
        l10n.t("{0} says so for {1}.", basename(path), pattern),
      );
}

function lineRange(line: number, endLine: number): Range {
  return new Range(line, 0, endLine, Number.MAX_SAFE_INTEGER);
}

const severities: Readonly<Record<BudgetInfo["severity"], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
