import { declare } from "./declare.ts";
import { environmentFile } from "./environment-file.ts";
import { extractAnchor } from "./extract-anchor.ts";
import { blockForm } from "./forms/block-form.ts";
import { build } from "./forms/build.ts";
import { commands } from "./forms/commands.ts";
import { dependencies } from "./forms/dependencies.ts";
import { devices } from "./forms/devices.ts";
import { envFile } from "./forms/env-file.ts";
import { extendsForm } from "./forms/extends-form.ts";
import { extraHosts } from "./forms/extra-hosts.ts";
import { grants } from "./forms/grants.ts";
import { healthTest } from "./forms/health-test.ts";
import { includes } from "./forms/includes.ts";
import { networks } from "./forms/networks.ts";
import { oneOrList } from "./forms/one-or-list.ts";
import { pairs } from "./forms/pairs.ts";
import { ports } from "./forms/ports.ts";
import { ulimits } from "./forms/ulimits.ts";
import { volumes } from "./forms/volumes.ts";
import { health } from "./health.ts";
import { inlineAlias } from "./inline-alias.ts";
import { password } from "./password.ts";
import type { Refactoring } from "./refactoring.ts";

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
