import { type DocumentSelector, LanguageStatusSeverity, l10n, languages } from "vscode";
import type { EngineInfo } from "../engine/engine.ts";

/** The engine, among what the status bar tells of a Dockerfile's language. It changes when a command asks, never by polling. */
export interface EngineStatus {
  /** Whether the last that was told is that an engine answers. */
  readonly isConnected: boolean;
  connected(address: string, info: EngineInfo): void;
  unreachable(address: string): void;
  dispose(): void;
}

export function createEngineStatus(selector: DocumentSelector): EngineStatus {
  const item = languages.createLanguageStatusItem("plimsoll.engine", selector);
  item.name = l10n.t("Docker Engine");
  item.text = l10n.t("Docker Engine");
  item.command = { command: "plimsoll.checkEngine", title: l10n.t("Check") };
  let isConnected = false;
  return {
    get isConnected() {
      return isConnected;
    },
    connected(address, info) {
      isConnected = true;
      item.text = engineName(info);
      item.detail = address;
      item.severity = LanguageStatusSeverity.Information;
    },
    unreachable(address) {
      isConnected = false;
      item.text = l10n.t("No Docker Engine");
      item.detail = address;
      item.severity = LanguageStatusSeverity.Warning;
    },
    dispose: () => item.dispose(),
  };
}

/** `Docker 28.5.2`, `Podman 5.8.6`. */
export function engineName({ name, version }: EngineInfo): string {
  return `${name === "docker" ? "Docker" : "Podman"} ${version}`;
}
