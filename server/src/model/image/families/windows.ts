import type { SharedFacts } from "../operating-systems.ts";
import { ANY, type ImageFamily, WINDOWS_TAG } from "./family.ts";

const WINDOWS: SharedFacts = { os: { family: "other", version: "windows" } };
/** Windows images are all alike to us: nothing that is said of Linux holds. */
const windows = (image: RegExp, source: string): ImageFamily => ({
  image,
  tag: WINDOWS_TAG,
  facts: WINDOWS,
  source,
});

/** Images of Windows alone, and tags of Windows of images that are of Linux too. */
export const WINDOWS_FAMILIES: readonly ImageFamily[] = [
  {
    image: /^mcr\.microsoft\.com\/(windows(\/[\w/.-]+)?|dotnet\/framework\/[\w/.-]+)$/,
    tag: ANY,
    facts: WINDOWS,
    source: "hub.docker.com, Windows base images",
  },
  windows(/^golang$/, "docker-library/golang, windows Dockerfiles"),
  windows(
    /^mcr\.microsoft\.com\/(?:dotnet\/(?:nightly\/)?(?:sdk|runtime|aspnet|monitor)|powershell)$/,
    "dotnet/dotnet-docker and PowerShell/PowerShell-Docker, windows Dockerfiles",
  ),
  windows(
    /^(node|python|eclipse-temurin|maven|gradle)$/,
    "docker-library and docker-node, windows Dockerfiles",
  ),
];
