import { stagesDownFrom } from "../../../../model/stage/stage-graph.ts";
import { says } from "../../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { ShellWord } from "../../../../syntax/shell/script.ts";
import { isBefore } from "../../../../text/version-order.ts";
import type { CommandCall } from "../../../rule.ts";
import { runtimeBelow } from "../../images/runtimes.ts";
import { readPackageCommand } from "../package-commands.ts";

/** A command of Poetry that a plugin brings, which nothing installs. */
export interface MissingPlugin {
  readonly word: ShellWord;
  readonly plugin: string;
  /** The word by which pip installs Poetry; undefined where something else does. */
  readonly installed: { readonly word: ShellWord; readonly run: Instruction } | undefined;
}

/**
 * `poetry export` and `poetry shell` are in plugins since Poetry 2, of January 2025, which the newest one takes from Python 3.9 on: "The command
 * "export" does not exist" (python-poetry.org, Announcing Poetry 2.0.0; benavlabs/FastAPI-boilerplate#155; read 2026-11-27). Undefined where
 * another Poetry may be in use, or the plugin.
 */
export function missingPlugin(call: CommandCall): MissingPlugin | undefined {
  const { command, stage } = call;
  const word = command.arguments.find((it) => !it.literal?.startsWith("-"));
  if (!/^(?:export|shell)$/.test(word?.literal ?? "") || !word) return undefined;
  const { context } = stage.model.inputs;
  // A project may name its plugins.
  if (!context || /plugins/.test(context.read("pyproject.toml") ?? "")) return undefined;
  const found = installOf(call);
  if (!found) return undefined;
  const python = runtimeBelow(stage, "Python")?.version;
  const isNew =
    found.version === "latest"
      ? python !== undefined && !isBefore(python, "3.9")
      : !isBefore(found.version, "2");
  return isNew ? { word, plugin: `poetry-plugin-${word.literal}`, installed: found.installed } : undefined;
}

interface PoetryInstall extends Pick<MissingPlugin, "installed"> {
  readonly version: string;
}

/** The one install of Poetry in front of a command; undefined where there are several, or it is not known which version that is. */
function installOf({ command, stage }: CommandCall): PoetryInstall | undefined {
  const found: (PoetryInstall | undefined)[] = [];
  for (const below of stagesDownFrom(stage))
    for (const run of below.instructions) {
      if (run.span.start > command.span.start || !says(/poetry/i, run)) continue;
      if (says(/plugin|poetry (?:-\S+ )*self/, run)) return undefined;
      if (run.name !== "RUN") {
        if (run.name === "COPY" && says(/--from=.*poetry/, run)) return undefined;
        continue;
      }
      if (says(/install\.python-poetry\.org/, run)) {
        const version = below.before(run).variable("POETRY_VERSION");
        const isFree =
          below.before(run).isSet("POETRY_VERSION").is === "no" && !says(/--version|POETRY_/, run);
        found.push(
          version.known && /^\d/.test(version.value)
            ? { version: version.value, installed: undefined }
            : isFree
              ? { version: "latest", installed: undefined }
              : undefined,
        );
      }
      for (const it of below.commandsOf(run)?.commands ?? []) {
        if (it.span.start >= command.span.start) break;
        const call = readPackageCommand(it);
        const isPip = call?.manager === "pip" && call.act === "install";
        const isOther =
          /^(?:pipx|uv)$/.test(it.name?.literal ?? "") && it.arguments.some(({ raw }) => raw === "install");
        if (!isPip && !isOther) continue;
        for (const word of isPip ? call.operands : it.arguments) {
          const [, operator, text = ""] = NAMED.exec(word.literal ?? word.raw) ?? [];
          if (operator === undefined) continue;
          const variable = /^\$\{?(\w+)\}?$/.exec(text)?.[1];
          const value = variable === undefined ? undefined : below.before(run).variable(variable);
          const version = variable === undefined ? text : value?.known ? value.value : "";
          const isClear =
            operator === "" ? version === "" : /^\d+(?:\.\d+)*$/.test(version) && !/[<!]/.test(operator);
          found.push(
            isClear && !it.conditional
              ? {
                  version: operator === "" ? "latest" : version,
                  installed: isPip && !run.exec ? { word, run } : undefined,
                }
              : undefined,
          );
        }
      }
    }
  return found.length === 1 ? found[0] : undefined;
}

/** `poetry`, `"poetry==2.1.1"`, `poetry>=2`, `poetry==$POETRY_VERSION`. */
const NAMED = /^["']?poetry(?:\[[\w,-]+\])?((?:[=~<>!]=?)?)([\w.${}]*)["']?$/;
