import { l10n, StatusBarAlignment, window } from "vscode";
import type { Engine, EngineInfo } from "../../engine/engine.ts";

/**
 * The engine in the status bar: which one answers and who named it, and the way to another. It is there once one was used or looked for,
 * and changes when one is asked, never by polling.
 */
export interface EngineStatus {
  /** Whether the last that was told is that an engine answers. */
  readonly isConnected: boolean;
  connected(engine: Pick<Engine, "address" | "addressFrom">, info: EngineInfo): void;
  unreachable(address: string): void;
  /** Another may be meant from now on. */
  forget(): void;
  dispose(): void;
}

export function createEngineStatus(): EngineStatus {
  const item = window.createStatusBarItem("plimsoll.engine", StatusBarAlignment.Right, 90);
  item.name = l10n.t("Docker Engine");
  item.command = "plimsoll.chooseEngine";
  let isConnected = false;
  const draw = (icon: string, text: string, lines: readonly string[]) => {
    item.text = `$(${icon}) ${text}`;
    item.tooltip = [...lines, l10n.t("Click to choose another engine.")].filter(Boolean).join("\n");
    item.accessibilityInformation = { label: [text, ...lines].join(", ") };
    item.show();
  };
  return {
    get isConnected() {
      return isConnected;
    },
    connected({ address, addressFrom }, info) {
      isConnected = true;
      draw("server-environment", engineName(info), [address, l10n.t("Named by: {0}", addressFrom)]);
    },
    unreachable(address) {
      isConnected = false;
      draw("debug-disconnect", l10n.t("No engine"), [l10n.t("Nothing answers at {0}", address)]);
    },
    forget() {
      isConnected = false;
      item.hide();
    },
    dispose: () => item.dispose(),
  };
}

/** `Docker 28.5.2`, `Podman 5.8.6`: what a distribution appends to the version (`+dfsg4`) is left out. */
export function engineName({ name, version }: EngineInfo): string {
  return `${name === "docker" ? "Docker" : "Podman"} ${version.replace(/\+.*$/, "")}`;
}
