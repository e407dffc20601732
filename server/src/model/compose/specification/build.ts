import { hostAddresses, limits, mountedFiles } from "./parts.ts";
import {
  anything,
  bytes,
  either,
  flag,
  key,
  list,
  mapping,
  named,
  pairs,
  type Shape,
  text,
  textAs,
  textLike,
  textOrTexts,
  texts,
} from "./shape.ts";

/** `build` of a service: the build context, or a mapping. */
export const build: Shape = either(
  text,
  mapping({
    context: key("Folder, or address of a git repository, that COPY sees; relative to this file.", text),
    dockerfile: key("Dockerfile to build; relative to the context.", text),
    dockerfile_inline: key("The Dockerfile's text, written here.", text),
    target: key("Stage to build; the last one when not given.", text),
    args: key("Values of the Dockerfile's ARGs.", pairs),
    cache_from: key("Places that a cache is read from.", texts),
    cache_to: key("Places that the cache is written to.", texts),
    no_cache: key("Builds without the cache.", flag),
    no_cache_filter: key("Stages that are built without the cache.", textOrTexts),
    pull: key("Pulls base images even if they are there.", flag),
    platforms: key("Platforms to build for.", list(textLike("linux/amd64", "linux/arm64"))),
    secrets: key("Secrets that `RUN --mount=type=secret` sees.", mountedFiles),
    ssh: key(
      "SSH agents that `RUN --mount=type=ssh` sees.",
      either(list(textAs("`default` or `name=socket`", /^default$|=/)), named(anything)),
    ),
    tags: key("More names for the built image.", texts),
    labels: key("Metadata of the image.", pairs),
    network: key("Network of RUN.", textLike("host", "none")),
    shm_size: key("Size of `/dev/shm` while building.", bytes),
    additional_contexts: key(
      "More contexts by name, for `COPY --from` and `FROM`.",
      either(list(textAs("`name=place`", /=/)), named(text)),
    ),
    extra_hosts: key("More entries for `/etc/hosts` while building.", hostAddresses),
    entitlements: key(
      "Rights that the build gets.",
      list(textLike("network.host", "security.insecure", "device")),
    ),
    privileged: key("Builds with more rights.", flag),
    ulimits: key("Resource limits of RUN.", limits),
    isolation: key("Isolation technology (Windows).", text),
    provenance: key("Adds a provenance attestation.", { scalar: { type: "any" } }),
    sbom: key("Adds a bill of materials.", { scalar: { type: "any" } }),
  }),
);
