import { expect } from "vitest";
import type { Known } from "../../server/src/model/known.ts";
import type { ModelInputs } from "../../server/src/model/stage/dockerfile-model.ts";
import type { StageState } from "../../server/src/model/stage/state.ts";
import { source } from "../../server/src/text/source.ts";
import { modelOf } from "./model.ts";

/** What is asked of a stage's result, as one line: `tool curl`, `path /app`, `user`, `variable HOME`. */
export type Questions = Readonly<Record<string, string>>;

/** The answers of the final stage of a text must be these. `?` stands for what is not known. */
export function answers(questions: Questions, inputs: Partial<ModelInputs> = {}) {
  return (strings: TemplateStringsArray): void => {
    const state = resultOf(source(strings), inputs);
    const given = Object.fromEntries(Object.keys(questions).map((it) => [it, answer(state, it)]));
    expect(given).toEqual(questions);
  };
}

export function resultOf(text: string, inputs: Partial<ModelInputs> = {}): StageState {
  const stage = modelOf(text, inputs).finalStage;
  if (!stage) throw new Error(`no stage in ${text}`);
  return stage.result;
}

export function answer(state: StageState, question: string): string {
  const [what = "", name = ""] = question.split(" ");
  switch (what) {
    case "tool":
      return brief(state.hasTool(name).is);
    case "busybox":
      return brief(state.isBusyBox(name).is);
    case "user?":
      return brief(state.hasUser(name).is);
    case "group?":
      return brief(state.hasGroup(name).is);
    case "path":
      return brief(state.hasPath(name).is);
    case "set":
      return brief(state.isSet(name).is);
    case "shell":
      return brief(state.hasShell.is);
    case "certificates":
      return brief(state.certificates.is);
    case "time-zones":
      return brief(state.timeZones.is);
    case "user":
      return shown(
        state.user,
        (it) => `${it.name}${it.group === undefined ? "" : `:${it.group}`}${it.isRoot ? " (root)" : ""}`,
      );
    case "workdir":
      return shown(state.workdir, (it) => it);
    case "variable":
      return shown(state.variable(name), (it) => it);
    case "ports":
      return shown(state.ports, (it) => it.join(" "));
    case "volumes":
      return shown(state.volumes, (it) => it.join(" "));
    case "libc":
      return shown(state.libc, (it) => it);
    case "os":
      return shown(state.os, (it) => it.family);
    case "package-manager":
      return shown(state.packageManager, (it) => it);
    case "entrypoint":
      return shown(state.entrypoint, (it) => (it ? it.words.map((word) => word.raw).join(" ") : "none"));
    case "command":
      return shown(state.command, (it) => (it ? it.words.map((word) => word.raw).join(" ") : "none"));
    case "healthcheck":
      return shown(state.healthcheck, (it) =>
        it?.command ? it.command.words.map((word) => word.raw).join(" ") : "none",
      );
    case "file": {
      const file = state.fileAt(name);
      return file ? [file.kind, file.writtenBy.name].join(" by ") : "none";
    }
    case "owner":
      return shown(state.ownerOf(name), ({ user, group }) => [user, group].filter(Boolean).join(":"));
    case "size":
      return String(state.sizeOf(name) ?? "?");
    case "files":
      return state.files.map((it) => it.path).join(" ");
    case "linkage": {
      const linkage = state.fileAt(name)?.binary?.linkage;
      if (!linkage) return "no binary";
      return shown(linkage, (it) => (it === "static" ? it : it.libc));
    }
    default:
      throw new Error(`no such question: ${question}`);
  }
}

function brief(is: "yes" | "no" | "unknown"): string {
  return is === "unknown" ? "?" : is;
}

function shown<T>(value: Known<T>, show: (value: T) => string): string {
  return value.known ? show(value.value) : "?";
}
