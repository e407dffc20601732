import type { ListIndentation } from "../../features/formatting/compose.ts";
import { type Configuration, noConfiguration } from "../../rules/configuration/configuration.ts";

/** What the user set under `plimsoll`. */
export interface Settings {
  readonly configuration: Configuration;
  /** ShellCheck's path or name on the PATH; undefined when it is not to run. */
  readonly shellcheck: string | undefined;
  /** Whether it is said what a stage will weigh before it is built. */
  readonly estimates: boolean;
  /** Whether Compose files show values of variables, and what other files override, inside their lines. */
  readonly composeInlayHints: boolean;
  /** Where formatting puts the dashes of lists. */
  readonly composeLists: ListIndentation;
  /** What says nothing that is understood, for a message. */
  readonly invalid: readonly string[];
}

/** Whichever the PATH has. */
export const usualShellcheck = "shellcheck";

export const noSettings: Settings = {
  configuration: noConfiguration,
  shellcheck: usualShellcheck,
  estimates: true,
  composeInlayHints: true,
  composeLists: "auto",
  invalid: [],
};
