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
 * there: `docker-image://alpine` is written out as buildx does.
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
  if (image === undefined) return place;
  const first = image.split("/")[0] ?? "";
  const hasHost = image.includes("/") && (/[.:]/.test(first) || first === "localhost");
  const path = hasHost ? image : image.includes("/") ? `docker.io/${image}` : `docker.io/library/${image}`;
  const isPinned = /@|:[^/]*$/.test(path.slice(path.lastIndexOf("/")));
  return `docker-image://${isPinned ? path : `${path}:latest`}`;
}
