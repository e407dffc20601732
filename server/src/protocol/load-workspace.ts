import { shippedImages } from "../model/image/shipped-images.ts";
import { emptyScript, type ShellReader } from "../syntax/shell/script.ts";
import { KnownImages } from "../workspace/known-images.ts";
import { shellReader } from "../workspace/wasm.ts";
import { Workspace } from "../workspace/workspace.ts";
import type { Session } from "./session.ts";

/** Everything that takes time to load: the shell grammar, the image facts, the rules. */
export async function loadWorkspace(session: Session): Promise<Workspace> {
  const { console } = session.connection;
  const shell = await shellReader().catch((error: unknown) => {
    console.error(`The shell grammar could not be loaded, so RUN is not looked into: ${String(error)}`);
    return unreadable;
  });
  return new Workspace({
    documents: session.documents,
    disk: session.disk,
    shell,
    images: new KnownImages(shippedImages),
    // The user may open and close folders while this runs.
    get folders() {
      return session.folders;
    },
    settingsOf: (uri) => session.knownSettingsOf(uri),
    onRuleFailure: ({ rule, error }) =>
      console.error(`Rule ${rule} failed: ${error instanceof Error ? error.stack : String(error)}`),
  });
}

/** Every script is one that cannot be read, about which no rule says anything. */
const unreadable: ShellReader = {
  read: () => emptyScript(false),
};
