import type { Command } from "../../../syntax/shell/script.ts";

/** What one `chown` or `chmod` changes. */
export interface OwnershipChange {
  /** As written. */
  readonly paths: readonly string[];
  readonly recursive: boolean;
  readonly user: string | undefined;
  /** Empty for `user:`, the group that the user is in first. */
  readonly group: string | undefined;
  /** As written, for chmod. */
  readonly mode: string | undefined;
}

export function isOwnershipChange({ name }: Command): boolean {
  return name?.literal === "chown" || name?.literal === "chmod";
}

/**
 * Undefined for any other command, for paths that are not literal and for options that are not understood. Of an owner of
 * variables (`$UID:$GID`) nothing is known.
 */
export function readOwnershipChange(command: Command): OwnershipChange | undefined {
  const { name, arguments: words, redirections, conditional } = command;
  const program = name?.literal;
  if (!isOwnershipChange(command) || redirections.length > 0 || conditional) return undefined;
  const literals = words.flatMap(({ raw, literal }) => literal ?? (OF_VARIABLES.test(raw) ? raw : []));
  if (literals.length !== words.length) return undefined;

  const options = literals.filter((it) =>
    /^(-[Rcfv]+|--recursive|--changes|--quiet|--silent|--verbose)$/.test(it),
  );
  const [value, ...paths] = literals.filter((it) => !options.includes(it));
  if (value === undefined || paths.length === 0 || paths.some((it) => /^(\/|-.*|.*\$.*)$/.test(it)))
    return undefined;
  const recursive = options.some((it) => it === "--recursive" || /^-\w*R/.test(it));

  if (program === "chmod") return { paths, recursive, mode: value, user: undefined, group: undefined };
  if (value.includes("$")) return { paths, recursive, mode: undefined, user: undefined, group: undefined };
  const owner = /^([\w.-]+)(?::([\w.-]*))?$/.exec(value);
  return owner ? { paths, recursive, user: owner[1], group: owner[2], mode: undefined } : undefined;
}

const OF_VARIABLES = /^"?\$\{?\w+\}?(:(\$\{?\w+\}?|\w+)?)?"?$/;
