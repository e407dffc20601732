import { type Reason, unknown } from "../../known.ts";
import type { FileSource } from "../contents/file-register.ts";

/** With `--exclude` what is there may have been left out. */
export function doubtful(source: FileSource, reason: Reason): FileSource {
  return {
    hasPath(path) {
      const answer = source.hasPath(path);
      return answer.is === "yes" ? unknown({ ...reason, message: "--exclude may leave it out" }) : answer;
    },
    fileAt: () => undefined,
    contentAt: () => undefined,
  };
}
