import path from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import type { BuildRequest } from "../engine/build-types.ts";
import type { StageInfo, StagesResult } from "../shared/server-messages.ts";
import type { BuildMemory } from "./build-memory.ts";
import { isImageName, looksSecret, suggestedTag } from "./image-name.ts";
import { confirmSheet, type SheetLine } from "./sheet.ts";

/** What one can say about a build beforehand. Paths are absolute; a Dockerfile may also be a URI. */
export interface BuildAnswers {
  readonly dockerfile?: string;
  readonly context?: string;
  /** A stage's name; the final stage when absent. */
  readonly target?: string;
  /** With a tag nothing is asked, unless `confirm`. */
  readonly tag?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly noCache?: boolean;
  readonly network?: string;
  /** Shows the sheet although everything is known. */
  readonly confirm?: boolean;
}

export interface BuildPlan {
  readonly file: Uri;
  readonly stages: StagesResult | undefined;
  readonly tag: string;
  readonly request: BuildRequest;
}

/** A draft of the answers while the sheet is open. */
interface Draft {
  context: string;
  target: string | undefined;
  tag: string;
  buildArguments: Record<string, string>;
  platform: string | undefined;
}

const platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"];

/**
 * Fills in what `answers` leaves open: from the last build of the same stage, else with what one would expect. Asks on
 * one sheet unless the tag is given. Undefined when the user leaves.
 */
export async function planBuild(
  file: Uri,
  stages: StagesResult | undefined,
  memory: BuildMemory,
  answers: BuildAnswers,
): Promise<BuildPlan | undefined> {
  const draft = draftFor(file, memory, answers.target, answers);
  if (answers.tag === undefined || answers.confirm === true) {
    const confirmed = await confirmSheet(
      l10n.t("Build Image from {0}", workspace.asRelativePath(file)),
      () => ({ icon: "play", label: l10n.t("Build {0}", draft.tag) }),
      () => linesOf(file, stages, memory, draft),
    );
    if (!confirmed) return undefined;
  }
  await memory.rememberAnswers(file.fsPath, draft.target, {
    tag: draft.tag,
    context: draft.context,
    platform: draft.platform,
    buildArguments: Object.fromEntries(
      Object.entries(draft.buildArguments).filter(([name]) => !looksSecret(name)),
    ),
  });
  return { file, stages, tag: draft.tag, request: requestOf(file, draft, answers) };
}

function draftFor(file: Uri, memory: BuildMemory, target: string | undefined, answers: BuildAnswers): Draft {
  const last = memory.answers(file.fsPath, target);
  const context = answers.context ?? last?.context ?? path.dirname(file.fsPath);
  return {
    context,
    target,
    tag: answers.tag ?? last?.tag ?? suggestedTag(file.fsPath, context, target),
    buildArguments: { ...last?.buildArguments, ...answers.buildArguments },
    platform: answers.platform ?? last?.platform,
  };
}

function requestOf(file: Uri, draft: Draft, answers: BuildAnswers): BuildRequest {
  return {
    context: draft.context,
    dockerfile: file.fsPath,
    tags: [draft.tag],
    buildArguments: draft.buildArguments,
    ...(draft.target !== undefined && { target: draft.target }),
    ...(draft.platform !== undefined && { platform: draft.platform }),
    ...(answers.noCache !== undefined && { noCache: answers.noCache }),
    ...(answers.network !== undefined && { network: answers.network }),
  };
}

function linesOf(
  file: Uri,
  stages: StagesResult | undefined,
  memory: BuildMemory,
  draft: Draft,
): SheetLine[] {
  const stage = stageOf(stages, draft.target);
  const named = (stages?.stages ?? []).filter((it) => it.name !== null);
  const lines: SheetLine[] = [
    {
      icon: "tag",
      label: l10n.t("Tag"),
      value: draft.tag,
      change: async () => {
        draft.tag = (await askTag(draft.tag)) ?? draft.tag;
      },
    },
  ];
  if (named.length > 0) {
    lines.push({
      icon: "layers",
      label: l10n.t("Stage"),
      value: draft.target ?? l10n.t("final"),
      change: async () => {
        const picked = await askStage(named);
        if (picked !== undefined) Object.assign(draft, draftFor(file, memory, picked.target, {}));
      },
    });
  }
  if (stage !== undefined && stage.arguments.length > 0) {
    lines.push({
      icon: "symbol-variable",
      label: l10n.t("Build arguments"),
      value: stage.arguments
        .map((it) => shownArgument(it.name, draft.buildArguments[it.name], it.default))
        .join("  "),
      change: () => askArguments(stage, draft),
    });
  }
  lines.push(
    {
      icon: "circuit-board",
      label: l10n.t("Platform"),
      value: draft.platform ?? l10n.t("the engine’s own"),
      change: async () => {
        const own = l10n.t("The engine’s own");
        const picked = await window.showQuickPick([own, ...platforms], { title: l10n.t("Platform") });
        if (picked !== undefined) draft.platform = picked === own ? undefined : picked;
      },
    },
    {
      icon: "folder",
      label: l10n.t("Build context"),
      value: workspace.asRelativePath(draft.context),
      change: async () => {
        draft.context = (await askContext(file)) ?? draft.context;
      },
    },
  );
  return lines;
}

/** The stage that a target names; the final one without a target. */
export function stageOf(stages: StagesResult | undefined, target: string | undefined): StageInfo | undefined {
  return stages?.stages.find((it) => (target === undefined ? it.isFinal : it.name === target.toLowerCase()));
}

async function askTag(tag: string): Promise<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Tag of the image"),
    value: tag,
    validateInput: (text) =>
      isImageName(text) ? undefined : l10n.t("A name like go-api:1.0, in lower case"),
  });
}

async function askStage(named: readonly StageInfo[]): Promise<{ target: string | undefined } | undefined> {
  return window.showQuickPick(
    [
      { label: l10n.t("final"), description: l10n.t("what the whole file builds"), target: undefined },
      ...named.map((it) => ({ label: it.name ?? "", description: it.base, target: it.name ?? undefined })),
    ],
    { title: l10n.t("Stage") },
  );
}

async function askArguments(stage: StageInfo, draft: Draft): Promise<void> {
  const items = stage.arguments.map((argument) => ({
    label: argument.name,
    description:
      shownValue(argument.name, draft.buildArguments[argument.name]) ?? argument.default ?? l10n.t("not set"),
    argument,
  }));
  const picked = await window.showQuickPick(items, { title: l10n.t("Build arguments") });
  if (picked === undefined) return;
  const { name } = picked.argument;
  const value = await window.showInputBox({
    title: name,
    value: draft.buildArguments[name] ?? picked.argument.default ?? "",
    prompt: l10n.t("Leave it empty for the Dockerfile’s own value."),
    password: looksSecret(name),
  });
  if (value === undefined) return;
  if (value === "" || value === picked.argument.default) delete draft.buildArguments[name];
  else draft.buildArguments[name] = value;
}

async function askContext(file: Uri): Promise<string | undefined> {
  const picked = await window.showOpenDialog({
    title: l10n.t("Build context"),
    defaultUri: Uri.file(path.dirname(file.fsPath)),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return picked?.[0]?.fsPath;
}

function shownArgument(name: string, given: string | undefined, preset: string | null): string {
  const value = shownValue(name, given) ?? preset;
  return value === null ? name : `${name}=${value}`;
}

function shownValue(name: string, given: string | undefined): string | undefined {
  return given !== undefined && looksSecret(name) ? "•••" : given;
}
