import { expandedValue, type Lookup, UNKNOWN } from "../../syntax/dockerfile/expand.ts";
import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";
import type { VariableSetting } from "./configuration/configuration.ts";
import type { BuildArguments } from "./dockerfile-model.ts";

/** ARGs in front of the first FROM: the only variables that a FROM sees, and the defaults of ARGs without one. */
export class GlobalArguments {
  private readonly settings = new Map<string, VariableSetting>();
  private readonly given: BuildArguments;
  readonly lookup: Lookup = (name) => {
    const setting = this.find(name);
    return setting ? (setting.value ?? UNKNOWN) : undefined;
  };

  constructor(file: Dockerfile, instructions: readonly Instruction[], given: BuildArguments) {
    this.given = given;
    for (const instruction of instructions) {
      if (instruction.name !== "ARG") continue;
      for (const { name, value } of instruction.pairs) {
        const written = value && expandedValue(value.raw, this.lookup, file.escape);
        const setting = Object.hasOwn(given, name.raw)
          ? given[name.raw]
          : (written ?? (value ? undefined : platformValue(name.raw)));
        this.settings.set(name.raw, {
          value: setting,
          reason: { message: `ARG ${name.raw}`, span: instruction.span },
        });
      }
    }
  }

  /** Is it declared without a default and not given? Then the build has no value for it. */
  hasNoValue(name: string): boolean {
    if (Object.hasOwn(this.given, name)) return false;
    return this.settings.get(name)?.value === undefined && !PLATFORM_ARGUMENTS.has(name);
  }

  /** Undefined when there is no such ARG and no platform variable of that name. */
  find(name: string): VariableSetting | undefined {
    const own = this.settings.get(name);
    if (own || !PLATFORM_ARGUMENTS.has(name)) return own;
    return {
      value: platformValue(name),
      reason: { message: `${name} is the platform's that is built on or for` },
    };
  }
}

/** Set by BuildKit itself (Dockerfile reference, "Automatic platform ARGs in the global scope"). */
export const PLATFORM_ARGUMENTS: ReadonlySet<string> = new Set(
  ["TARGET", "BUILD"]
    .flatMap((it) => ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((what) => it + what))
    .concat("TARGETSTAGE"),
);

/** Which machine it is built on and for is not known, but that both run Linux is. */
function platformValue(name: string): string | undefined {
  return name === "TARGETOS" || name === "BUILDOS" ? "linux" : undefined;
}
