import type { Comparison } from "../sizes/comparison/comparison.ts";
import type { FileMap, FileQuery, FileWindow, MapView } from "./file-messages.ts";

/** How far the host is with the files in the images' layers. */
export type Reading =
  /** What containers of the images would see is listed, without reading them. */
  | { readonly is: "listing" }
  /** `bytes`: what the engine would have to hand over. */
  | { readonly is: "unread"; readonly bytes: number }
  /** 0 of them while the engine packs the images. */
  | { readonly is: "reading"; readonly bytes: number; readonly of: number }
  | { readonly is: "read" }
  | { readonly is: "failed"; readonly message: string; readonly bytes: number };

/** What there is to ask about files. `listed`: what containers see, without contents and layers. */
export type KnownFiles = "none" | "listed" | "read";

/** Host → page. The page draws the last one of each kind and holds no truth of its own. */
export type CompareHostMessage =
  | { readonly kind: "comparison"; readonly comparison: Comparison; readonly files: KnownFiles }
  | { readonly kind: "reading"; readonly reading: Reading }
  | { readonly kind: "files"; readonly window: FileWindow }
  | { readonly kind: "map"; readonly map: FileMap };

/** What the comparison can be written as. */
export type ExportFormat = "markdown" | "csv" | "json";

/** Page → host. */
export type ComparePageMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "open-line"; readonly file: string; readonly line: number }
  | { readonly kind: "export"; readonly format: ExportFormat }
  | { readonly kind: "export-files"; readonly query: FileQuery }
  /** A picture that the page has drawn, as a `data:` URL of a PNG. */
  | { readonly kind: "export-picture"; readonly url: string }
  | { readonly kind: "read-files" }
  /** Reads them too, and packs what the engine keeps unpacked. */
  | { readonly kind: "measure-transfer" }
  | { readonly kind: "stop-reading" }
  | { readonly kind: "list-files"; readonly query: FileQuery; readonly start: number; readonly count: number }
  | { readonly kind: "map-files"; readonly view: MapView }
  /** The file in one image, by index; `beside`: with what the first image has there, if that has other content. */
  | { readonly kind: "open-file"; readonly path: string; readonly image: number; readonly beside: boolean }
  /** One that another layer hides. */
  | { readonly kind: "open-hidden"; readonly path: string; readonly image: number; readonly layer: string };
