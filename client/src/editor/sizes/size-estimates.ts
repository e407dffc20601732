import { type Disposable, type Event, type TextDocument, Uri, workspace } from "vscode";
import type { LanguageServer } from "../../language-server.ts";
import type { StageEstimateInfo } from "../../shared/server-messages.ts";

/** What the stages of Dockerfiles will weigh. Asked for when a text rests, and never waited for. */
export interface SizeEstimates extends Disposable {
  /** As last answered, which may be of the text before the last edits. */
  of(document: Pick<TextDocument, "uri" | "version">): readonly StageEstimateInfo[];
}

/** ms between the last question and the asking. */
const rest = 600;
/** ms after which the files of a build context may be others. */
const freshFor = 10_000;

interface Known {
  version: number;
  at: number;
  stages: readonly StageEstimateInfo[];
}

/** `onFacts` tells that more may be known of base images; `onChange` is called when an answer is another. */
export function createSizeEstimates(
  language: Pick<LanguageServer, "estimates">,
  onFacts: Event<void>,
  onChange: () => void,
): SizeEstimates {
  const known = new Map<string, Known>();
  const waiting = new Map<string, { readonly version: number; readonly timer: NodeJS.Timeout }>();

  async function ask(uri: Uri, version: number): Promise<void> {
    const before = known.get(uri.toString());
    const stages = (await language.estimates(uri))?.stages ?? [];
    known.set(uri.toString(), { version, at: Date.now(), stages });
    if (JSON.stringify(stages) !== JSON.stringify(before?.stages ?? [])) onChange();
  }
  const askSoon = (uri: Uri, version: number) => {
    const before = waiting.get(uri.toString());
    // Who asks again about the same text waits no longer for it.
    if (before?.version === version) return;
    clearTimeout(before?.timer);
    const timer = setTimeout(() => {
      waiting.delete(uri.toString());
      // Failures to ask the server are its own to tell; without an answer there is nothing to show.
      ask(uri, version).catch(() => undefined);
    }, rest);
    waiting.set(uri.toString(), { version, timer });
  };
  const askAgain = () => {
    for (const [uri, { version }] of known) askSoon(Uri.parse(uri), version);
  };
  const following = [
    onFacts(askAgain),
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration("plimsoll.sizes.estimate")) askAgain();
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      clearTimeout(waiting.get(uri.toString())?.timer);
      waiting.delete(uri.toString());
      known.delete(uri.toString());
    }),
  ];
  return {
    of({ uri, version }) {
      const now = known.get(uri.toString());
      if (now?.version !== version || Date.now() - now.at > freshFor) askSoon(uri, version);
      return now?.stages ?? [];
    },
    dispose() {
      for (const it of waiting.values()) clearTimeout(it.timer);
      for (const it of following) it.dispose();
    },
  };
}
