/** Words behind the version in tags of Docker's official images (docker-library/official-images, read 2026-11-20). */
export const TAG_VARIANTS: readonly string[] = (
  "alpine slim trixie bookworm bullseye buster stretch jessie noble jammy focal bionic oracular plucky questing " +
  "nanoserver windowsservercore apache management perl otel onbuild temurin eclipse corretto amazoncorretto graalvm " +
  "sapmachine semeru openjdk community enterprise debian ubuntu oracle oraclelinux headless headful minimal glibc musl " +
  "uclibc rootless builder latest stable mainline current krypton iron browsers scratch hardened " +
  "testing unstable experimental oldstable oldoldstable backports rolling devel proposed resolute nightly preview"
).split(" ");
