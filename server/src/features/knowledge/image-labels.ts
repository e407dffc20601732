/** A label that registries and tools read. */
export interface ImageLabel {
  readonly name: string;
  /** What stands in it, in our own words. */
  readonly summary: string;
  readonly example: string;
}

const oci = (name: string, summary: string, example: string): ImageLabel => ({
  name: `org.opencontainers.image.${name}`,
  summary,
  example,
});

/** In the order in which they are mostly wanted (OCI image specification, annotations.md, read 2026-11). */
export const imageLabels: readonly ImageLabel[] = [
  oci(
    "source",
    "Address of the source code. GitHub links the image to the repository by it.",
    "https://github.com/acme/api",
  ),
  oci("description", "What the image is for, in a sentence.", "Answers orders"),
  oci("licenses", "Licences of what is in the image, as an SPDX expression.", "MIT"),
  oci("version", "Version of the software in the image, mostly the git tag.", "1.2.3"),
  oci("revision", "Commit that it was built from.", "0123abc"),
  oci("created", "Time at which it was built, as RFC 3339 writes it.", "2026-01-31T12:00:00Z"),
  oci("title", "Name of the image for people.", "API"),
  oci("authors", "Who answers for it, with an address.", "Ada <ada@example.com>"),
  oci("url", "Page about the image.", "https://example.com"),
  oci("documentation", "Page that tells how to use it.", "https://example.com/docs"),
  oci("vendor", "Organisation that gives it out.", "Acme"),
  oci("base.name", "Image that it is built on.", "docker.io/library/alpine:3.24"),
  oci("base.digest", "Digest of that image.", "sha256:…"),
  oci("ref.name", "Name of the image in an OCI layout.", "latest"),
];
