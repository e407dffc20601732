import { type CodeLens, type CodeLensProvider, Disposable, EventEmitter } from "vscode";

/** As long as VS Code itself waits before it asks (1.91: `CodeLensProvider`, at least 250 ms). */
const patience = 250;

/**
 * Lenses whose first answer does not wait for a server that still starts: there are none yet, and VS Code is told when there are. It asks
 * the later the longer answers took, so that after one of some seconds what a build measured would stand above its FROM some seconds
 * late. Later answers are waited for: lines move with every edit, and an older answer would make lenses jump.
 */
export function promptLenses<Lens extends CodeLens>(
  provider: CodeLensProvider<Lens>,
): CodeLensProvider<Lens> {
  const there = new EventEmitter<void>();
  const { onDidChangeCodeLenses: changed } = provider;
  let hasAnswered = false;
  return {
    onDidChangeCodeLenses: (listener, ...bound) =>
      Disposable.from(there.event(listener, ...bound), ...(changed ? [changed(listener, ...bound)] : [])),
    async provideCodeLenses(document, token) {
      const answer = Promise.resolve(provider.provideCodeLenses(document, token));
      if (hasAnswered) return answer;
      let isLate = false;
      const answered = answer.then((lenses) => {
        hasAnswered = true;
        if (isLate) there.fire();
        return lenses;
      });
      const late = new Promise<Lens[]>((resolve) => {
        setTimeout(() => {
          isLate = true;
          resolve([]);
        }, patience);
      });
      // One that fails late has its own place to say so; Promise.race keeps it from counting as unhandled.
      return Promise.race([answered, late]);
    },
  };
}
