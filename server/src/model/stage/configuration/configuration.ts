import { type Lookup, UNKNOWN } from "../../../syntax/dockerfile/expand.ts";
import type { Instruction, Word } from "../../../syntax/dockerfile/tree.ts";
import { type Known, known, notKnown, type Reason } from "../../known.ts";
import type { CommandSetting, HealthcheckSetting, UserSetting } from "../state.ts";
import { Timeline } from "../timeline.ts";

/** A variable's value; undefined when it is set to something that is not known. */
export interface VariableSetting {
  readonly value: string | undefined;
  readonly reason: Reason;
}

/** The configuration that a stage starts with, from its base. */
export interface BaseConfiguration {
  readonly user: Known<UserSetting>;
  readonly workdir: Known<string>;
  readonly shell: Known<readonly string[]>;
  readonly ports: Known<readonly string[]>;
  readonly volumes: Known<readonly string[]>;
  readonly healthcheck: Known<HealthcheckSetting | undefined>;
  readonly entrypoint: Known<CommandSetting | undefined>;
  readonly command: Known<CommandSetting | undefined>;
  readonly stopSignal: Known<string | undefined>;
  /** Undefined when the base certainly does not set it, UNKNOWN when that is not known. */
  variable(name: string): VariableSetting | undefined | typeof UNKNOWN;
}

type Lists = Pick<BaseConfiguration, "ports" | "volumes">;
type Single = Omit<BaseConfiguration, "variable" | keyof Lists>;

/**
 * What a stage's instructions other than RUN, COPY and ADD set, by the position of the instruction in its stage. No
 * command of a RUN changes any of it, so that a hover over a variable pays for no shell script.
 */
export class Configuration {
  private readonly base: BaseConfiguration;
  /** What the base was asked for: in a chain of stages each asks the one below. */
  private readonly ofBase: { -readonly [Name in keyof (Single & Lists)]?: (Single & Lists)[Name] } = {};
  private readonly variablesOfBase = new Map<string, ReturnType<BaseConfiguration["variable"]> | null>();
  private readonly settings: { [Name in keyof Single]: Timeline<Single[Name]> } = {
    user: new Timeline(),
    workdir: new Timeline(),
    shell: new Timeline(),
    healthcheck: new Timeline(),
    entrypoint: new Timeline(),
    command: new Timeline(),
    stopSignal: new Timeline(),
  };
  private readonly ports = new Timeline<Known<readonly string[]>>();
  private readonly volumes = new Timeline<Known<readonly string[]>>();
  private readonly variables = new Map<string, Timeline<VariableSetting>>();
  /** Whether CMD was set by this stage itself. */
  hasOwnCommand = false;

  constructor(base: BaseConfiguration) {
    this.base = base;
  }

  set<Name extends keyof Single>(position: number, name: Name, value: Single[Name]): void {
    this.settings[name].set(position, value);
  }

  addPorts(position: number, ports: Known<readonly string[]>): void {
    this.ports.set(position, ports);
  }

  addVolumes(position: number, volumes: Known<readonly string[]>): void {
    this.volumes.set(position, volumes);
  }

  setVariable(position: number, name: string, setting: VariableSetting): void {
    let timeline = this.variables.get(name);
    if (!timeline) {
      timeline = new Timeline<VariableSetting>();
      this.variables.set(name, timeline);
    }
    timeline.set(position, setting);
  }

  /** What holds before the instruction at `position`. */
  at(position: number): BaseConfiguration {
    return new ConfigurationAt(this, position);
  }

  setting<Name extends keyof Single>(name: Name, position: number): Single[Name] {
    return (this.settings[name].before(position) as Single[Name] | undefined) ?? this.fromBase(name);
  }

  portsAt(position: number): Known<readonly string[]> {
    return together(this.fromBase("ports"), this.ports.allBefore(position));
  }

  volumesAt(position: number): Known<readonly string[]> {
    return together(this.fromBase("volumes"), this.volumes.allBefore(position));
  }

  variableAt(name: string, position: number): ReturnType<BaseConfiguration["variable"]> {
    const own = this.variables.get(name)?.before(position);
    if (own) return own;
    let inherited = this.variablesOfBase.get(name);
    if (inherited === undefined) {
      inherited = this.base.variable(name) ?? null;
      this.variablesOfBase.set(name, inherited);
    }
    return inherited ?? undefined;
  }

  private fromBase<Name extends keyof (Single & Lists)>(name: Name): (Single & Lists)[Name] {
    const before: (Single & Lists)[Name] | undefined = this.ofBase[name];
    if (before) return before;
    const setting: (Single & Lists)[Name] = this.base[name];
    this.ofBase[name] = setting;
    return setting;
  }
}

class ConfigurationAt implements BaseConfiguration {
  private readonly configuration: Configuration;
  private readonly position: number;

  constructor(configuration: Configuration, position: number) {
    this.configuration = configuration;
    this.position = position;
  }

  get user(): BaseConfiguration["user"] {
    return this.configuration.setting("user", this.position);
  }

  get workdir(): BaseConfiguration["workdir"] {
    return this.configuration.setting("workdir", this.position);
  }

  get shell(): BaseConfiguration["shell"] {
    return this.configuration.setting("shell", this.position);
  }

  get healthcheck(): BaseConfiguration["healthcheck"] {
    return this.configuration.setting("healthcheck", this.position);
  }

  get entrypoint(): BaseConfiguration["entrypoint"] {
    return this.configuration.setting("entrypoint", this.position);
  }

  get command(): BaseConfiguration["command"] {
    return this.configuration.setting("command", this.position);
  }

  get stopSignal(): BaseConfiguration["stopSignal"] {
    return this.configuration.setting("stopSignal", this.position);
  }

  get ports(): BaseConfiguration["ports"] {
    return this.configuration.portsAt(this.position);
  }

  get volumes(): BaseConfiguration["volumes"] {
    return this.configuration.volumesAt(this.position);
  }

  variable(name: string): ReturnType<BaseConfiguration["variable"]> {
    return this.configuration.variableAt(name, this.position);
  }
}

/** Lists add up; one unknown part makes the whole unknown. */
function together(
  base: Known<readonly string[]>,
  added: readonly Known<readonly string[]>[],
): Known<readonly string[]> {
  if (added.length === 0) return base;
  const all = [base, ...added];
  const unknown = all.find((it) => !it.known);
  if (unknown) return unknown;
  const values = new Set(all.flatMap((it) => (it.known ? it.value : [])));
  return known([...values], ...all.flatMap((it) => it.because));
}

/** For the expansion of words: what BuildKit would see before an instruction. */
export function lookupIn(configuration: BaseConfiguration): Lookup {
  return (name) => {
    const setting = configuration.variable(name);
    if (setting === undefined || setting === UNKNOWN) return setting;
    return setting.value ?? UNKNOWN;
  };
}

/** Everything about the base is unknown, for this reason. */
export function unknownConfiguration(reason: Reason): BaseConfiguration {
  return {
    user: notKnown(reason),
    workdir: notKnown(reason),
    shell: defaultShell(reason),
    ports: notKnown(reason),
    volumes: notKnown(reason),
    healthcheck: notKnown(reason),
    entrypoint: notKnown(reason),
    command: notKnown(reason),
    stopSignal: notKnown(reason),
    variable: () => UNKNOWN,
  };
}

/** Docker's own default; no image of Linux in use brings a SHELL. */
export function defaultShell(reason: Reason): Known<readonly string[]> {
  return known(["/bin/sh", "-c"], {
    ...reason,
    message: "shell form runs /bin/sh -c unless SHELL says otherwise",
  });
}

/** What ENTRYPOINT, CMD or a health check starts; `instruction` is undefined for what an image brings. */
export function commandSetting(
  instruction: Instruction | undefined,
  form: "exec" | "shell",
  words: readonly Word[],
): CommandSetting {
  return { form, words, instruction };
}
