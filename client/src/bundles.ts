import { createRequire } from "node:module";
import type * as EngineBundle from "./engine/connect.ts";
import type * as LanguageBundle from "./language-client.ts";

/** The parts of the client that are bundles of their own, with what each exports. `test/setup/bundles.ts` builds them. */
interface Bundles {
  readonly engine: typeof EngineBundle;
  readonly "language-client": typeof LanguageBundle;
}

/**
 * Loads a part when it is first needed. Activation must not wait for what weighs ten times as much as itself: dockerode, the
 * language client.
 */
export function loadBundle<Name extends keyof Bundles>(extensionFolder: string, name: Name): Bundles[Name] {
  return createRequire(`${extensionFolder}/dist/`)(`./${name}.js`);
}
