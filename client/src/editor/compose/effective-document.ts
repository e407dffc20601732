import path from "node:path";
import {
  type Disposable,
  Location,
  languages,
  Position,
  RelativePattern,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import type { LanguageServer } from "../../language-server.ts";
import type { EffectiveComposeResult } from "../../shared/server-messages.ts";
import { createVirtualTexts } from "../virtual-texts.ts";

/** Projects of several Compose files, each shown as one that cannot be written and follows its sources while it is open. */
export interface EffectiveDocuments extends Disposable {
  /** Undefined when the file is no Compose file, or cannot be read. */
  show(file: Uri): Promise<TextDocument | undefined>;
}

const scheme = "plimsoll-effective";

/** An open one. */
interface Shown {
  readonly source: Uri;
  answer: EffectiveComposeResult;
  watching: readonly Disposable[];
  timer: NodeJS.Timeout | undefined;
}

/** Keystrokes in a row are one change. */
const RESTS_AFTER = 300;

export function createEffectiveDocuments(
  language: LanguageServer,
  report: (error: unknown) => void,
): EffectiveDocuments {
  const texts = createVirtualTexts(scheme);
  const shown = new Map<string, Shown>();

  async function refresh(uri: Uri): Promise<void> {
    const it = shown.get(uri.toString());
    if (!it) return;
    const answer = await language.effectiveCompose(it.source);
    // It may have been closed meanwhile, and a file that is gone for a moment is no reason to show nothing.
    if (!answer || !shown.has(uri.toString())) return;
    const isWatched = it.answer.files.join() === answer.files.join();
    it.answer = answer;
    await texts.put(uri, answer.text);
    if (!isWatched) watch(uri, it);
  }

  function schedule(uri: Uri): void {
    const it = shown.get(uri.toString());
    if (!it) return;
    clearTimeout(it.timer);
    it.timer = setTimeout(() => refresh(uri).catch(report), RESTS_AFTER);
  }

  /** Files of a project can have any name and stand outside of the workspace. */
  function watch(uri: Uri, it: Shown): void {
    for (const old of it.watching) old.dispose();
    it.watching = it.answer.files.map((file) => {
      const place = Uri.parse(file);
      const folder = Uri.file(path.dirname(place.fsPath));
      const watcher = workspace.createFileSystemWatcher(
        new RelativePattern(folder, path.basename(place.fsPath)),
      );
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
        event(() => schedule(uri));
      return watcher;
    });
  }

  function stop(it: Shown): void {
    clearTimeout(it.timer);
    for (const watcher of it.watching) watcher.dispose();
  }

  const following = [
    workspace.onDidChangeTextDocument(({ document }) => {
      const changed = document.uri.fsPath;
      for (const [key, { answer }] of shown)
        if (document.uri.scheme === "file" && answer.files.some((it) => Uri.parse(it).fsPath === changed))
          schedule(Uri.parse(key));
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      const it = shown.get(uri.toString());
      if (!it) return;
      stop(it);
      shown.delete(uri.toString());
    }),
    languages.registerDefinitionProvider(
      { scheme },
      {
        provideDefinition: (document, position) => definitionAt(shown.get(document.uri.toString()), position),
      },
    ),
  ];

  return {
    async show(source) {
      const answer = await language.effectiveCompose(source);
      if (!answer) return undefined;
      const uri = Uri.from({ scheme, path: `/${titleOf(answer.name)}`, query: source.toString() });
      const before = shown.get(uri.toString());
      if (before) stop(before);
      const it: Shown = { source, answer, watching: [], timer: undefined };
      shown.set(uri.toString(), it);
      const document = await texts.put(uri, answer.text);
      watch(uri, it);
      await window.showTextDocument(document, { preview: false });
      return document;
    },
    dispose() {
      for (const it of shown.values()) stop(it);
      for (const it of following) it.dispose();
      texts.dispose();
    },
  };
}

/** `compose.effective.yaml`: a name that has the language of Compose files. */
function titleOf(name: string): string {
  const base = path.posix.basename(name).replace(/\.ya?ml$/, "");
  return /compose/.test(base) ? `${base}.effective.yaml` : `compose.${base}.effective.yaml`;
}

/** Where a line is written; of several places on a line the innermost. */
function definitionAt(it: Shown | undefined, { line }: Position): Location | undefined {
  const place = it?.answer.places.findLast((at) => at.line === line);
  return place && new Location(Uri.parse(place.uri), new Position(place.targetLine, place.targetColumn));
}
