import type { CommandFamily } from "./command-family.ts";

/** Writes to `target/` and the local repository; plugins may write elsewhere. */
export const maven: CommandFamily = {
  programs: ["mvn", "mvnd", "./mvnw", "mvnw"],
  run(_, changes) {
    changes.mayWriteAnywhere();
  },
};

export const gradle: CommandFamily = {
  programs: ["gradle", "./gradlew", "gradlew", "sbt", "ant", "lein", "clojure", "bazel"],
  run(_, changes) {
    changes.mayWriteAnywhere();
  },
};

export const java: CommandFamily = {
  programs: ["java", "javac", "jar", "jlink", "jdeps", "keytool"],
  run(call, changes) {
    if (call.words.length === 1 && /version/.test(call.words[0] ?? "")) return;
    changes.mayWriteAnywhere();
  },
};
