import type { HistoryHostMessage, HistoryPageMessage } from "../../src/shared/history-messages.ts";
import { connectHost } from "../host.ts";
import type { Measure } from "./view-model.ts";

interface Kept {
  readonly measure: Measure;
  /** For the host, which draws the same history when a window with this page is opened again. */
  readonly dockerfile: string;
  readonly stage: string;
}

export const host = connectHost<HistoryPageMessage, HistoryHostMessage, Kept>();
