import type { FileParams, VariantsResult } from "../../../../client/src/shared/server-messages.ts";
import { variantsOf } from "../../features/variants/variants.ts";
import type { Session } from "../session.ts";

/** `plimsoll/variants`: a Dockerfile's final stage on other bases, as whole texts. */
export async function answerVariants(session: Session, { uri }: FileParams): Promise<VariantsResult | null> {
  const subject = await session.subjectOnDisk(uri);
  if (subject?.snapshot.kind !== "dockerfile") return null;
  const { snapshot, workspace } = subject;
  const model = workspace.dockerfile(snapshot);
  const check = (text: string) =>
    text === snapshot.text ? workspace.problems(snapshot) : workspace.problemsOfText(snapshot, text);
  const found = variantsOf(model, check);
  const about = { uri, text: snapshot.text };
  if (typeof found === "string") return { ...about, why: found, variants: [], refused: [] };
  return { ...about, why: null, ...found };
}
