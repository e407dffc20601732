import { blockForm } from "./block-form.ts";
import { build } from "./build.ts";
import { commands } from "./commands.ts";
import { declare } from "./declare.ts";
import { dependencies } from "./dependencies.ts";
import { devices } from "./devices.ts";
import { envFile } from "./env-file.ts";
import { environmentFile } from "./environment-file.ts";
import { extendsForm } from "./extends-form.ts";
import { extraHosts } from "./extra-hosts.ts";
import { extractAnchor } from "./extract-anchor.ts";
import { grants } from "./grants.ts";
import { health } from "./health.ts";
import { healthTest } from "./health-test.ts";
import { includes } from "./includes.ts";
import { inlineAlias } from "./inline-alias.ts";
import { networks } from "./networks.ts";
import { oneOrList } from "./one-or-list.ts";
import { pairs } from "./pairs.ts";
import { password } from "./password.ts";
import { ports } from "./ports.ts";
import type { Refactoring } from "./refactoring.ts";
import { ulimits } from "./ulimits.ts";
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
  extraHosts,
  oneOrList,
  commands,
  healthTest,
  ulimits,
  devices,
  extendsForm,
  includes,
  health,
  declare,
  password,
  environmentFile,
  blockForm,
  extractAnchor,
  inlineAlias,
];
