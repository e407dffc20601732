import type { CompareHostMessage, ComparePageMessage } from "../../src/shared/compare-messages.ts";
import { connectHost } from "../host.ts";
import type { FileChoices } from "./file-choices.ts";
import type { ViewChoices } from "./view-model.ts";

interface Kept {
  readonly choices: ViewChoices;
  /** Absent in what an older version kept. */
  readonly files?: FileChoices;
  /** For the host, which weighs the same images again when a window with this page is opened again. */
  readonly images: readonly string[];
  /** What they are called; absent in what an older version kept. */
  readonly labels?: readonly string[];
}

export const host = connectHost<ComparePageMessage, CompareHostMessage, Kept>();
