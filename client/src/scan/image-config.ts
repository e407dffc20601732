import { field, list, text } from "../shared/json-fields.ts";
import type { ScanReport } from "./report.ts";

/** Layers and history of an OCI image configuration (specs-go/v1/config.go, read 2026-11), which scanners repeat in their reports. */
export function readImageConfig(config: unknown): Pick<ScanReport, "diffIds" | "history"> {
  const diffIds = list(field(config, "rootfs"), "diff_ids").filter((it) => typeof it === "string");
  const history = list(config, "history").map((row) => ({
    createdBy: text(row, "created_by") ?? "",
    comment: text(row, "comment") ?? "",
    hasLayer: field(row, "empty_layer") !== true,
  }));
  return {
    diffIds: diffIds.length > 0 ? diffIds : undefined,
    history: history.length > 0 ? history : undefined,
  };
}
