import path from "node:path";
import type { BuilderChoice, SecretSource } from "../../engine/build/build-types.ts";
import { isFolderContext } from "../../engine/context/named-contexts.ts";
import { isRecord } from "../../shared/is-record.ts";
import { suggestedTag } from "../images/image-name.ts";
import type { BuildAnswers } from "./build-draft.ts";

/** What a task of tasks.json says of its build. Nobody has checked it but the editor's completion. */
export type TaskBuild = Readonly<Record<string, unknown>>;

/** What a key of a task has to be, and is not; `builder` where only one of those can do it. */
export interface TaskFault {
  readonly key: string;
  readonly expected: TaskValue | "builder";
}

type TaskValue =
  | "text"
  | "yes or no"
  | "text or texts"
  | "texts"
  | "values by name"
  | "secrets by id"
  | "keys by id";

type Values = Readonly<Record<string, string | number | boolean>>;

/** A source of a secret as Compose files name it. The value itself never stands in tasks.json. */
type TaskSecret = { readonly file: string } | { readonly environment: string };

/**
 * The answers that a task gives; what it does not say is as at the first build of its file. Paths are relative to `root`, the workspace
 * folder. `builder` is the setting's, for what only a builder can do. A fault is the first value that cannot be used.
 */
export function answersOfTask(
  task: TaskBuild,
  root: string,
  builder: string | undefined,
): BuildAnswers | TaskFault {
  const faults: TaskFault[] = [];
  const read = <T>(key: string, expected: TaskValue, fits: (value: unknown) => value is T): T | undefined => {
    const value = task[key];
    if (value === undefined || fits(value)) return value;
    faults.push({ key, expected });
    return undefined;
  };
  const text = (key: string) => read(key, "text", isText);
  const flag = (key: string) => read(key, "yes or no", isFlag);
  const list = (key: string) => read(key, "texts", isTexts);
  const values = (key: string) => textsOf(read(key, "values by name", isValues));

  const file = path.resolve(root, text("dockerfile") ?? "Dockerfile");
  const folder = text("context");
  const context = folder === undefined ? path.dirname(file) : path.resolve(root, folder);
  const target = text("target");
  const platforms = [read("platform", "text or texts", isTextOrTexts) ?? []].flat();
  const named = text("builder");
  const push = flag("push") ?? false;
  const chosen = named ?? (push || platforms.length > 1 ? builder : undefined);
  const secrets = read("secrets", "secrets by id", isSecrets);
  const ssh = read("ssh", "keys by id", isKeys);
  const contexts = values("contexts");
  const answers = defined<BuildAnswers>({
    dockerfile: file,
    context,
    target,
    tag: text("tag") ?? suggestedTag(file, context, target),
    moreTags: list("moreTags"),
    buildArguments: values("args") ?? {},
    platform: platforms.length === 1 ? platforms[0] : undefined,
    secrets: secrets && mapped(secrets, (it) => sourceOf(it, root)),
    ssh: ssh && mapped(ssh, (keys) => keys.map((it) => path.resolve(root, it))),
    labels: values("labels"),
    noCache: flag("noCache"),
    pull: flag("pull"),
    network: text("network"),
    extraHosts: values("extraHosts"),
    contexts: contexts && mapped(contexts, (it) => (isFolderContext(it) ? path.resolve(root, it) : it)),
    cacheFrom: list("cacheFrom"),
    builder: chosen === undefined ? undefined : builderOf(chosen, push, platforms),
  });
  if (!chosen && push) faults.push({ key: "push", expected: "builder" });
  if (!chosen && platforms.length > 1) faults.push({ key: "platform", expected: "builder" });
  return faults[0] ?? answers;
}

/** An empty name means the engine, whatever the setting says. */
function builderOf(name: string, push: boolean, platforms: readonly string[]): BuilderChoice | null {
  return name === "" ? null : { name, output: push ? "push" : "load", platforms };
}

function sourceOf(secret: TaskSecret, root: string): SecretSource {
  return "file" in secret
    ? { kind: "file", path: path.resolve(root, secret.file) }
    : { kind: "environment", variable: secret.environment };
}

function textsOf(values: Values | undefined): Record<string, string> | undefined {
  return values && mapped(values, String);
}

function mapped<From, To>(
  values: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function defined<T extends object>(values: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

const isText = (value: unknown): value is string => typeof value === "string";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isTextOrTexts = (value: unknown): value is string | readonly string[] =>
  isText(value) || isTexts(value);
const isValues = (value: unknown): value is Values =>
  isRecord(value) && Object.values(value).every((it) => ["string", "number", "boolean"].includes(typeof it));
const isKeys = (value: unknown): value is Readonly<Record<string, readonly string[]>> =>
  isRecord(value) && Object.values(value).every(isTexts);
const isSecrets = (value: unknown): value is Readonly<Record<string, TaskSecret>> =>
  isRecord(value) &&
  Object.values(value).every((it) => isRecord(it) && isText(it["file"] ?? it["environment"]));
