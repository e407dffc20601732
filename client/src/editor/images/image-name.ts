/**
 * A name for what a Dockerfile builds, as one would give it: `go-api:latest` for `go-api/Dockerfile`, `go-api:alpine`
 * for `Dockerfile.alpine` or `alpine.Dockerfile`, `go-api:builder` for a stage. Takes absolute paths with `/` or `\`.
 */
export function suggestedTag(dockerfile: string, context: string, stage: string | undefined): string {
  const variant = stage ?? variantOf(lastPart(dockerfile));
  return `${cleanName(lastPart(context)) || "image"}:${(variant && cleanTag(variant)) || "latest"}`;
}

/** Would Docker take it as a name? `[registry[:port]/]path[:tag]`, after the grammar of distribution/reference. */
export function isImageName(text: string): boolean {
  const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  const domain = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\\d+)?/)?";
  return new RegExp(`^${domain}${component}(?:/${component})*(?::\\w[\\w.-]{0,127})?$`).test(text);
}

/** The name without tag and digest: `localhost:5000/api` of `localhost:5000/api:1.0`. An id stays what it is. */
export function repositoryOf(reference: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(reference)) return reference;
  return reference.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
}

/** The tag of a name; undefined when it has none. */
export function tagOf(reference: string): string | undefined {
  return /:([^:/@]+)$/.exec(reference.replace(/@.*$/, ""))?.[1];
}

/** The image that has this name; Docker Hub's names are the same with and without their registry, and no tag means `latest`. */
export function imageNamed<Image extends { readonly tags: readonly string[] }>(
  images: readonly Image[],
  reference: string,
): Image | undefined {
  const whole = reference.includes("@") || /:[^/]+$/.test(reference) ? reference : `${reference}:latest`;
  const plain = (it: string) => it.replace(/^docker\.io\/(?:library\/)?/, "");
  return images.find((image) => image.tags.some((it) => plain(it) === plain(whole)));
}

function variantOf(fileName: string): string | undefined {
  return (
    /^(?:dockerfile|containerfile)\.(.+)$/i.exec(fileName)?.[1] ??
    /^(.+)\.(?:dockerfile|containerfile)$/i.exec(fileName)?.[1]
  );
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? "";
}

function cleanName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|[._-]+$/g, "")
    .replace(/[._-]{2,}/g, "-");
}

function cleanTag(text: string): string {
  return text
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 128);
}
