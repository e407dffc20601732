import {
  type DecorationOptions,
  type Disposable,
  type MarkdownString,
  Position,
  Range,
  type TextEditor,
  type ThemableDecorationAttachmentRenderOptions,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from "vscode";

/** What stands beside one line of a Dockerfile. */
export interface LineNote {
  /** From 0. */
  readonly line: number;
  readonly text: string;
  /** Where the hover is, and what looks other than grey. */
  readonly range: "line" | "end";
  readonly hover: MarkdownString | string;
  readonly style?: Pick<ThemableDecorationAttachmentRenderOptions, "color" | "fontStyle">;
}

/** Notes beside the lines of visible Dockerfiles, drawn anew when a text rests, not while somebody types. */
export interface LineNotes extends Disposable {
  draw(dockerfile: Uri): Promise<void>;
  /** What stands there now. */
  shown(dockerfile: Uri): readonly ShownNote[];
}

export interface ShownNote {
  /** From 0. */
  readonly line: number;
  readonly text: string;
  /** What the hover says, as Markdown. */
  readonly hover: string;
}

/** ms between the last key and the next drawing. */
const rest = 250;

/** `notesOf` is asked for each drawing. `setting` is the section of the settings that change what it answers. */
export function createLineNotes(
  setting: string,
  notesOf: (dockerfile: Uri) => Promise<readonly LineNote[]>,
): LineNotes {
  const decoration = window.createTextEditorDecorationType({
    after: { margin: "0 0 0 3em", color: new ThemeColor("editorCodeLens.foreground") },
    isWholeLine: true,
  });
  const drawn = new Map<string, readonly ShownNote[]>();
  const waiting = new Map<string, NodeJS.Timeout>();

  async function draw(file: Uri): Promise<void> {
    const notes = await notesOf(file);
    drawn.set(
      file.toString(),
      notes.map(({ line, text, hover }) => ({
        ...{ line, text },
        hover: typeof hover === "string" ? hover : hover.value,
      })),
    );
    for (const editor of editorsOf(file)) editor.setDecorations(decoration, notes.map(optionsOf));
  }
  /** Failures to ask the server are its own to tell; here there is nothing to draw then. */
  const drawNow = (file: Uri) => void draw(file).catch(() => undefined);
  const drawSoon = (file: Uri) => {
    clearTimeout(waiting.get(file.toString()));
    const timer = setTimeout(() => {
      waiting.delete(file.toString());
      drawNow(file);
    }, rest);
    waiting.set(file.toString(), timer);
  };
  const drawAll = (editors: readonly TextEditor[]) => {
    for (const { document } of editors)
      if (document.languageId === "dockerfile" && document.uri.scheme === "file") drawNow(document.uri);
  };
  const following = [
    window.onDidChangeVisibleTextEditors(drawAll),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && drawn.has(document.uri.toString())) drawSoon(document.uri);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => drawn.delete(uri.toString())),
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration(setting)) drawAll(window.visibleTextEditors);
    }),
  ];
  drawAll(window.visibleTextEditors);
  return {
    draw,
    shown: (file) => drawn.get(file.toString()) ?? [],
    dispose() {
      for (const it of waiting.values()) clearTimeout(it);
      for (const it of [decoration, ...following]) it.dispose();
    },
  };
}

function editorsOf(file: Uri): readonly TextEditor[] {
  return window.visibleTextEditors.filter((it) => it.document.uri.toString() === file.toString());
}

function optionsOf({ line, text, range, hover, style }: LineNote): DecorationOptions {
  const end = new Position(line, Number.MAX_SAFE_INTEGER);
  return {
    range: new Range(range === "end" ? end : new Position(line, 0), end),
    hoverMessage: hover,
    renderOptions: { after: { contentText: text, ...style } },
  };
}
