import { l10n } from "vscode";
import type { BuildTaskRunner } from "../../editor/builds/build-tasks.ts";
import type { Services } from "../command.ts";
import { untrustedText } from "../with-engine.ts";
import { type BuildResult, buildWith } from "./build-image.ts";

/** As a shell says that a program was interrupted. */
const interrupted = 130;

/** Runs the build of a task, told in its terminal. Ends with the exit code. */
export function buildForTask(services: Services): BuildTaskRunner {
  return async (answers, console) => {
    try {
      const result = await buildWith(services, answers, console);
      const message = unsaid(result);
      if (message !== undefined) console.line(message, "failure");
      if (result.outcome === "built" || result.outcome === "pushed") return 0;
      return result.outcome === "cancelled" ? interrupted : 1;
    } catch (error) {
      services.log.error(error instanceof Error ? error : String(error));
      console.line(l10n.t("Something went wrong in Plimsoll itself. Its log says what."), "failure");
      return 1;
    }
  };
}

/** What the build's own log has not told. */
function unsaid(result: BuildResult): string | undefined {
  switch (result.outcome) {
    case "untrusted":
      return untrustedText();
    case "no-engine":
    case "failed":
      return result.message;
    case "built":
    case "build-failed":
    case "cancelled":
    case "pushed":
      return undefined;
  }
}
