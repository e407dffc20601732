import { registryReference } from "../registry/registry-reference.ts";

/** Whether a named context is a folder of this machine; else it is an address that BuildKit fetches itself. */
export function isFolderContext(place: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]+:\/\/|git@|target:|oci-layout:)/i.test(place);
}

/** Under which BuildKit asks us for the folder of a named context. */
export function localName(name: string): string {
  return `context-${name}`;
}

/**
 * The frontend's attributes for named contexts (docs of docker/dockerfile 1.4, read 2026-11). An image's name has to be complete
 * there: `docker-image://alpine` is written out as buildx does. Throws EngineError for what is no name of an image.
 */
export function contextAttributes(contexts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(contexts).map(([name, place]) => [
      `context:${name}`,
      isFolderContext(place) ? `local:${localName(name)}` : completeImage(place),
    ]),
  );
}

function completeImage(place: string): string {
  const image = /^docker-image:\/\/(.+)$/.exec(place)?.[1];
  return image === undefined ? place : `docker-image://${registryReference(image).name}`;
}
