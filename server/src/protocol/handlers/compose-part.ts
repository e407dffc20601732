import type { FileParams } from "../../../../client/src/shared/server-messages.ts";
import type { Session } from "../session.ts";
import { pathOfUri } from "../uris.ts";

/** `plimsoll/isComposePart`: is a file that is not called as one a part of a Compose project? */
export async function answerComposePart(session: Session, { uri }: FileParams): Promise<boolean> {
  const path = pathOfUri(uri);
  return path !== undefined && (await session.workspace()).isPartOfProject(path);
}
