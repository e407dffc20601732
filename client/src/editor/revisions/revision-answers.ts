import path from "node:path";
import type { RememberedAnswers } from "../builds/build-draft.ts";

/** Where the files of a revision were taken to. */
export interface TakenFiles {
  /** The folder that stands for `root`. */
  readonly tree: string;
  /** The root of the repository. */
  readonly root: string;
  /** The build context in `tree`. */
  readonly context: string;
}

/**
 * What was answered for a Dockerfile at its last build, for one of it at another revision: folders of the repository are those that
 * were taken, and nothing goes elsewhere: no other tag, no builder that may push, no newer base image.
 */
export function answersAtRevision(
  before: RememberedAnswers,
  { tree, root, context }: TakenFiles,
): RememberedAnswers {
  const { more, ...answers } = before;
  if (more === undefined) return { ...answers, context };
  const contexts = Object.entries(more.contexts).map(([name, value]) => [name, movedInto(tree, root, value)]);
  return {
    ...answers,
    context,
    more: {
      ...more,
      ...{ moreTags: [], pull: false, builder: undefined, contexts: Object.fromEntries(contexts) },
    },
  };
}

/** A folder of the working tree as it is in the taken one; what is elsewhere, or no folder at all, stays. */
function movedInto(tree: string, root: string, folder: string): string {
  const inside = path.relative(root, folder);
  const isInside = path.isAbsolute(folder) && !/^\.\.(?:[\\/]|$)/.test(inside) && !path.isAbsolute(inside);
  return isInside ? path.join(tree, inside) : folder;
}
