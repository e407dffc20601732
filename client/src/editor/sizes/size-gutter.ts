import { type Disposable, Range, Uri, window } from "vscode";

/** How heavy a line is by the thresholds of the settings. */
export type Weight = "medium" | "large";

/** A bar in the gutter beside heavy lines: half as high as the line for a medium one, as high as the line for a large one. */
export interface SizeGutter extends Disposable {
  /** Lines from 0. */
  draw(dockerfile: Uri, weights: ReadonlyMap<number, Weight>): void;
}

export function createSizeGutter(): SizeGutter {
  const decorations = {
    medium: window.createTextEditorDecorationType({
      gutterIconPath: bar(8, "#b58900"),
      gutterIconSize: "contain",
    }),
    large: window.createTextEditorDecorationType({
      gutterIconPath: bar(16, "#f14c4c"),
      gutterIconSize: "contain",
    }),
  };
  return {
    draw(file, weights) {
      for (const editor of window.visibleTextEditors) {
        if (editor.document.uri.toString() !== file.toString()) continue;
        for (const weight of ["medium", "large"] as const)
          editor.setDecorations(
            decorations[weight],
            [...weights].flatMap(([line, it]) => (it === weight ? [new Range(line, 0, line, 0)] : [])),
          );
      }
    },
    dispose() {
      for (const it of Object.values(decorations)) it.dispose();
    },
  };
}

/** In both colours the contrast to light and dark backgrounds is 3:1 at least; the height says the same without them. */
function bar(height: number, color: string): Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="6" y="${16 - height}" width="5" height="${height}" fill="${color}"/></svg>`;
  return Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`);
}
