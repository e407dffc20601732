import { type Configuration, noConfiguration } from "../rules/configuration/configuration.ts";

/** What the user set under `plimsoll`. */
export interface Settings {
  readonly configuration: Configuration;
  /** What says nothing that is understood, for a message. */
  readonly invalid: readonly string[];
}

export const noSettings: Settings = { configuration: noConfiguration, invalid: [] };
