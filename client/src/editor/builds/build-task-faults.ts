import { l10n } from "vscode";
import type { TaskFault } from "./build-task-answers.ts";

/** What is wrong with a task of tasks.json, and what to write instead. */
export function faultText({ key, expected }: TaskFault): string {
  const says = (what: string) =>
    l10n.t("“{0}” of this task has to be {1}. Correct it in tasks.json.", key, what);
  switch (expected) {
    case "builder":
      return l10n.t(
        "“{0}” of this task needs a builder of “docker buildx”: name one as “builder”, or in the setting plimsoll.build.builder.",
        key,
      );
    case "text":
      return says(l10n.t("a text"));
    case "texts":
      return says(l10n.t("a list of texts"));
    case "text or texts":
      return says(l10n.t("a text or a list of texts"));
    case "yes or no":
      return says(l10n.t("true or false"));
    case "values by name":
      return says(l10n.t("an object with a value for each name"));
    case "secrets by id":
      return says(l10n.t('an object with {"file": "…"} or {"environment": "…"} for each id'));
    case "keys by id":
      return says(l10n.t("an object with a list of key files for each id, an empty one for the agent"));
  }
}
