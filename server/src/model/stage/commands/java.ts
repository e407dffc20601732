import { buildWithGradle } from "../projects/gradle.ts";
import { buildWithMaven } from "../projects/maven.ts";
import type { CommandFamily } from "./command-family.ts";

/** Writes to `target/` and the local repository; plugins may write elsewhere. */
export const maven: CommandFamily = {
  programs: ["mvn", "mvnd", "./mvnw", "mvnw"],
  run(call, changes) {
    if (!isVersion(call.words)) buildWithMaven(call, changes);
  },
};

/** Writes to `build/` and its own home. */
export const gradle: CommandFamily = {
  programs: ["gradle", "./gradlew", "gradlew"],
  run(call, changes) {
    if (!isVersion(call.words)) buildWithGradle(call, changes);
  },
};

function isVersion(words: readonly (string | undefined)[]): boolean {
  return words.length === 1 && /^(-v|--version)$/.test(words[0] ?? "");
}

export const java: CommandFamily = {
  programs: ["java", "javac", "jar", "jlink", "jdeps", "keytool", "ant", "lein", "clojure", "bazel"],
  run(call, changes) {
    if (call.words.length === 1 && /version/.test(call.words[0] ?? "")) return;
    changes.mayWriteAnywhere();
  },
};
