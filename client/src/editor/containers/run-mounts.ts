import path from "node:path";
import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { ImageConfig, Mount } from "../../engine/engine.ts";
import { pickFolder } from "../pick-folder.ts";
import type { RunDraft } from "./run-memory.ts";

/** What is mounted, and the image's volumes that are not: those get one without a name, which goes with the container. */
export function mountsAsText({ volumes }: ImageConfig, { mounts }: RunDraft): string {
  const taken = new Set(mounts.map((it) => it.target));
  const anonymous = volumes.filter((it) => !taken.has(it));
  return (
    [
      ...mounts.map(mountAsText),
      ...anonymous.map((it) => l10n.t("{0} (volume of the image, without a name)", it)),
    ].join("  ") || l10n.t("none")
  );
}

function mountAsText({ kind, source, target, readOnly }: Mount): string {
  const from = kind === "folder" ? workspace.asRelativePath(source) : source;
  return `${from} → ${target}${readOnly ? ` (${l10n.t("read-only")})` : ""}`;
}

/** Adds a mount, or takes one away. */
export async function askMounts({ volumes }: ImageConfig, draft: RunDraft): Promise<void> {
  const taken = new Set(draft.mounts.map((it) => it.target));
  const picked = await window.showQuickPick<QuickPickItem & { act: () => Promise<void> }>(
    [
      {
        label: `$(folder) ${l10n.t("Mount a folder")}`,
        act: () => addFolder(draft),
      },
      {
        label: `$(database) ${l10n.t("Mount a volume with a name")}`,
        act: () => addVolume(draft, undefined),
      },
      ...volumes
        .filter((it) => !taken.has(it))
        .map((target) => ({
          label: `$(database) ${target}`,
          description: l10n.t("volume of the image: give it a name, so that its data stay"),
          act: () => addVolume(draft, target),
        })),
      ...draft.mounts.map((mount) => ({
        label: `$(trash) ${mountAsText(mount)}`,
        description: l10n.t("take it away"),
        act: async () => {
          draft.mounts = draft.mounts.filter((it) => it !== mount);
        },
      })),
    ],
    { title: l10n.t("Mounts") },
  );
  await picked?.act();
}

async function addFolder(draft: RunDraft): Promise<void> {
  const picked = await pickFolder(l10n.t("Folder to mount"), workspace.workspaceFolders?.[0]?.uri);
  const source = picked?.fsPath;
  if (source === undefined) return;
  const target = await askTarget(`/${path.basename(source)}`);
  if (target === undefined) return;
  const writable = l10n.t("The container may write");
  const access = await window.showQuickPick([writable, l10n.t("Read-only")], {
    title: workspace.asRelativePath(Uri.file(source)),
  });
  if (access === undefined) return;
  draft.mounts = [
    ...draft.mounts.filter((it) => it.target !== target),
    { kind: "folder", source, target, readOnly: access !== writable },
  ];
}

async function addVolume(draft: RunDraft, preset: string | undefined): Promise<void> {
  const source = await window.showInputBox({
    title: l10n.t("Name of the volume"),
    prompt: l10n.t("It is made when there is none of this name, and stays when the container goes."),
    validateInput: (it) => (/^[a-zA-Z0-9][\w.-]+$/.test(it) ? undefined : l10n.t("For example api-data")),
  });
  if (source === undefined) return;
  const target = preset ?? (await askTarget("/data"));
  if (target === undefined) return;
  draft.mounts = [...draft.mounts.filter((it) => it.target !== target), { kind: "volume", source, target }];
}

function askTarget(value: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Where in the container?"),
    value,
    validateInput: (it) =>
      /^(\/|[A-Za-z]:\\)./.test(it) ? undefined : l10n.t("An absolute path, for example /data"),
  });
}
