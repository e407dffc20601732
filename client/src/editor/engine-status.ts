import { type DocumentSelector, LanguageStatusSeverity, l10n, languages } from "vscode";
import type { EngineInfo } from "../engine/engine.ts";

/** The engine, among what the status bar tells of a Dockerfile's language. It changes when a command asks, never by polling. */
export interface EngineStatus {
  connected(address: string, info: EngineInfo): void;
  unreachable(address: string): void;
  dispose(): void;
}

export function createEngineStatus(selector: DocumentSelector): EngineStatus {
  const item = languages.createLanguageStatusItem("plimsoll.engine", selector);
  item.name = l10n.t("Docker Engine");
  item.text = l10n.t("Docker Engine");
  item.command = { command: "plimsoll.checkEngine", title: l10n.t("Check") };
  return {
    connected(address, info) {
      item.text = engineName(info);
      item.detail = address;
      item.severity = LanguageStatusSeverity.Information;
    },
    unreachable(address) {
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
