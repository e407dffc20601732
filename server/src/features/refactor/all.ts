import { blockForm } from "./block-form.ts";
import { build } from "./build.ts";
import { declare } from "./declare.ts";
import { dependencies } from "./dependencies.ts";
import { envFile } from "./env-file.ts";
import { environmentFile } from "./environment-file.ts";
import { extractAnchor } from "./extract-anchor.ts";
import { grants } from "./grants.ts";
import { health } from "./health.ts";
import { inlineAlias } from "./inline-alias.ts";
import { networks } from "./networks.ts";
import { pairs } from "./pairs.ts";
import { password } from "./password.ts";
import { ports } from "./ports.ts";
import type { Refactoring } from "./refactoring.ts";
import { volumes } from "./volumes.ts";

/** In the order in which they are offered. */
export const refactorings: readonly Refactoring[] = [
  pairs,
  ports,
  volumes,
  dependencies,
  networks,
  build,
  envFile,
  grants,
  health,
  declare,
  password,
  environmentFile,
  blockForm,
  extractAnchor,
  inlineAlias,
];
