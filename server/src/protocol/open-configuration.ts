import { type ConfigurationPlace, configurationPlaces } from "../features/knowledge/configuration-places.ts";
import { Positions } from "./positions.ts";
import type { Session } from "./session.ts";
import { pathOfUri } from "./uris.ts";

/** An open configuration file that can be completed. */
export interface OpenConfiguration {
  readonly places: ConfigurationPlace;
  readonly text: string;
  readonly positions: Positions;
}

/** Undefined for every other document. */
export function openConfigurationOf({ configurations }: Session, uri: string): OpenConfiguration | undefined {
  const text = configurations.get(uri);
  const name = pathOfUri(uri)?.split(/[\\/]/).at(-1);
  const places = name === undefined ? undefined : configurationPlaces(name);
  return text === undefined || !places ? undefined : { places, text, positions: new Positions(text) };
}
