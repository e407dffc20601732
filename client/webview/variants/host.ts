import type {
  KeptOfTrial,
  VariantsHostMessage,
  VariantsPageMessage,
} from "../../src/shared/variants-messages.ts";
import { connectHost } from "../host.ts";

/** What is kept is for the host, which offers to try again when a window with this page is opened again. */
export const host = connectHost<VariantsPageMessage, VariantsHostMessage, KeptOfTrial>();
