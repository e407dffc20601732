import type { Command } from "../../../syntax/shell/script.ts";

/** Packages that serve a build; any other may be what the program needs when it runs. */
const BUILD_PACKAGES =
  /^(git|gcc|g\+\+|musl-dev|libc-dev|libc6-dev|make|build-base|build-essential|ca-certificates|tzdata|pkg-config|pkgconf|libssl-dev|musl-tools|cmake|clang|upx|upx-ucl|bash|curl|wget|openssh(-client)?|protobuf(-dev|-compiler)?|binutils|file|tar|unzip|xz|patch|alpine-sdk|go|jq|gettext|su-exec|shadow|\.[\w-]+)$/;

/** Is this a call of apk or apt that installs something which is not for a build alone? */
export function installsMore({ name, arguments: words }: Command): boolean {
  const verb = words.find((it) => !it.raw.startsWith("-"))?.literal ?? "";
  if (!/^(apk|apt|apt-get)$/.test(name?.literal ?? "") || !/^(add|install)$/.test(verb)) return false;
  const packages = words.slice(words.findIndex((it) => it.literal === verb) + 1);
  return packages.some(
    ({ raw }) => !raw.startsWith("-") && !BUILD_PACKAGES.test(raw.replace(/[=~<>@].*$/, "")),
  );
}
