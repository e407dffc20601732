import { type Disposable, l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { Repository } from "../../git/repository.ts";
import { formatAge } from "../../shared/age.ts";

interface RevisionItem extends QuickPickItem {
  readonly revision?: string;
}

/** More commits than one looks through; anything else can be typed. */
const mostCommits = 50;
const mostReferences = 100;

const icons = { branch: "git-branch", tag: "tag", remote: "cloud" } as const;

/**
 * Lets the user pick a commit that changed the file, a branch or a tag, or type what git understands. `file` is its path in the
 * repository. Undefined when the user leaves. Throws GitError.
 */
export async function pickRevision(repository: Repository, file: string): Promise<string | undefined> {
  const picker = window.createQuickPick<RevisionItem>();
  picker.title = l10n.t("{0} at which revision?", file);
  picker.placeholder = l10n.t(
    "A commit, a branch, a tag, or anything that git understands: main~3, HEAD@{1}",
  );
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  const stop = new AbortController();
  const following: Disposable[] = [picker];
  const answer = new Promise<string | undefined>((resolve) => {
    following.push(
      picker.onDidAccept(() =>
        resolve(picker.selectedItems[0]?.revision ?? (picker.value.trim() || undefined)),
      ),
      picker.onDidHide(() => resolve(undefined)),
    );
  });
  picker.show();
  try {
    const listed = itemsOf(repository, file, stop.signal).then((items) => {
      const draw = () => {
        picker.items = withTyped(items, picker.value.trim());
      };
      following.push(picker.onDidChangeValue(draw));
      draw();
      picker.busy = false;
      return answer;
    });
    return await Promise.race([answer, listed]);
  } finally {
    stop.abort();
    for (const it of following) it.dispose();
  }
}

async function itemsOf(
  repository: Repository,
  file: string,
  signal: AbortSignal,
): Promise<readonly RevisionItem[]> {
  const [commits, references] = await Promise.all([
    repository.commitsOf(file, mostCommits, signal),
    repository.references(mostReferences, signal),
  ]);
  const now = Date.now();
  return [
    { label: l10n.t("Commits that changed {0}", file), kind: QuickPickItemKind.Separator },
    ...commits.map(({ id, short, subject, author, time }) => ({
      label: subject,
      description: `${short} · ${author} · ${formatAge(now - time)}`,
      iconPath: new ThemeIcon("git-commit"),
      revision: id,
    })),
    { label: l10n.t("Branches and tags"), kind: QuickPickItemKind.Separator },
    ...references.map(({ name, kind, subject, time, isHead }) => ({
      label: name,
      description: [formatAge(now - time), ...(isHead ? [l10n.t("checked out")] : []), subject].join(" · "),
      iconPath: new ThemeIcon(icons[kind]),
      revision: name,
    })),
  ];
}

function withTyped(items: readonly RevisionItem[], typed: string): readonly RevisionItem[] {
  if (typed === "" || items.some((it) => it.label === typed)) return items;
  return [
    ...items,
    {
      label: l10n.t("Revision {0}", typed),
      iconPath: new ThemeIcon("edit"),
      alwaysShow: true,
      revision: typed,
    },
  ];
}
