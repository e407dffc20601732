import { type Disposable, EventEmitter, Range, TextEditorRevealType, Uri, window, workspace } from "vscode";
import type { StepRecord } from "../../builds/build-record.ts";
import type { Builds } from "../../builds/builds.ts";

/** The scheme of documents that hold what one step of a build wrote. They grow while it runs. */
const scheme = "plimsoll-build-log";

/** Opens what a step wrote, as a document that cannot be changed. False when the build is no longer known. */
export async function showStepLog(builds: Builds, build: string, step: string): Promise<boolean> {
  const record = builds.find(build)?.steps.find((it) => it.step.id === step);
  if (record === undefined) return false;
  const document = await workspace.openTextDocument(logUri(build, record));
  await window.showTextDocument(document, { preview: true });
  return true;
}

/** `plimsoll-build-log:/3/builder 3-5 RUN go build.log?sha256:…` */
function logUri(build: string, { step }: StepRecord): Uri {
  const { stage, position, of, instruction, name } = step;
  const title =
    position === undefined
      ? name
      : `${stage === undefined ? "" : `${stage} `}${position}-${of} ${instruction}`;
  const short = title
    .replace(/[\s/\\:?#*"<>|]+/g, " ")
    .trim()
    .slice(0, 40)
    .trim();
  return Uri.from({ scheme, path: `/${build}/${short}.log`, query: step.id });
}

/** Answers for these documents. One that shows its end goes on showing it as it grows. */
export function provideStepLogs(builds: Builds): Disposable[] {
  const changes = new EventEmitter<Uri>();
  const buildOf = (uri: Uri) => uri.path.split("/")[1] ?? "";
  const atEnd = () =>
    window.visibleTextEditors.filter(
      ({ document, visibleRanges }) =>
        document.uri.scheme === scheme && (visibleRanges.at(-1)?.end.line ?? 0) >= document.lineCount - 2,
    );
  let following = atEnd();
  const stop = builds.onChange((changed) => {
    following = atEnd();
    for (const { uri } of workspace.textDocuments)
      if (uri.scheme === scheme && changed.has(buildOf(uri))) changes.fire(uri);
  });
  return [
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changes.event,
      provideTextDocumentContent: (uri) =>
        builds
          .find(buildOf(uri))
          ?.steps.find((it) => it.step.id === uri.query)
          ?.text() ?? "",
    }),
    // What was written while it opened has been told to nobody.
    workspace.onDidOpenTextDocument(({ uri }) => {
      if (uri.scheme === scheme) changes.fire(uri);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      for (const editor of following) {
        if (editor.document !== document) continue;
        const last = document.lineCount - 1;
        editor.revealRange(new Range(last, 0, last, 0), TextEditorRevealType.Default);
      }
    }),
    changes,
    { dispose: stop },
  ];
}
