import { copyFileSync, globSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { RealEngine } from "../engine/engine.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { debianFiles } from "./debian-files.ts";

/** Debian's Java of this version, built on an older C library than the base images have, so that it runs in them. */
const SUITE = "bookworm";
const VERSION = 17;

/** Debian's Java of this version: some 130 MB. */
function fetchJava(): Promise<string> {
  return debianFiles("java", SUITE, async (suite, folder) => {
    const jre = path.join(folder, "jre");
    await suite.unpack([`openjdk-${VERSION}-jre-headless`, "libstdc++6", "zlib1g"], jre);
    await suite.unpack([`openjdk-${VERSION}-jdk-headless`], path.join(folder, "jdk"));
    mkdirSync(path.join(folder, "lib"));
    for (const file of globSync("{usr/,}lib/*-linux-gnu/{libstdc++.so.6,libz.so.1}", { cwd: jre }))
      copyFileSync(path.join(jre, file), path.join(folder, "lib", path.basename(file)));
  });
}

/**
 * Does what the projects here need of Maven and Gradle: compiles the sources, and puts a jar where each of them does. The
 * compiler and the archiver are real.
 */
const BUILD_TOOL = `#!/bin/sh
set -e
case "$0" in
  *mvn) classes=target/classes; jar=target/$(sed -n 's:.*<artifactId>\\(.*\\)</artifactId>.*:\\1:p' pom.xml | head -n 1)-1.0.jar ;;
  *) classes=build/classes; jar=build/libs/$(basename "$PWD").jar ;;
esac
mkdir -p "$classes" "$(dirname "$jar")"
javac -d "$classes" $(find src/main/java -name '*.java')
jar --create --file "$jar" --main-class App -C "$classes" .
`;

/** Makes stand-ins for images of Temurin, Maven and Gradle on Debian's base. `images` are the tags by kind. */
export async function makeJavaImages(
  real: RealEngine,
  images: { readonly jre: string; readonly maven: string; readonly gradle: string },
): Promise<void> {
  const folder = await fetchJava();
  const architecture = { x64: "amd64" }[process.arch as string] ?? process.arch;
  const home = `/usr/lib/jvm/java-${VERSION}-openjdk-${architecture}`;
  const build = async (tags: readonly string[], text: string) => {
    const file = path.join(temporaryFolder({ Dockerfile: text }), "Dockerfile");
    const named = tags.flatMap((it) => ["--tag", it]);
    await real.docker("build", "--quiet", "--file", file, ...named, folder);
  };
  await build(
    [images.jre],
    `FROM debian:trixie-slim
COPY jre/usr/lib/jvm /usr/lib/jvm
COPY jre/etc /etc
COPY lib /usr/local/lib
RUN ldconfig
ENV JAVA_HOME=${home}
ENV PATH=${home}/bin:$PATH
`,
  );
  await build(
    [images.maven, images.gradle],
    `FROM ${images.jre}
COPY jdk/usr/lib/jvm /usr/lib/jvm
COPY --chmod=755 <<"EOF" /usr/local/bin/mvn
${BUILD_TOOL}EOF
RUN ln -s mvn /usr/local/bin/gradle
CMD ["mvn"]
`,
  );
}
