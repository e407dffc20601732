import type { DotenvFile } from "../../syntax/dotenv/parse.ts";
import type { Span } from "../../text/span.ts";
import type { ListedFile } from "./listed-compose-files.ts";

/** An environment file with what the Compose files around it do with it. */
export interface EnvironmentModel {
  readonly file: DotenvFile;
  /** Undefined for a text without a place. */
  readonly path: string | undefined;
  /** Compose files that take variables for `${…}` from it: absolute paths. */
  readonly interpolates: readonly string[];
  /** Services whose containers get its variables. */
  readonly givenTo: readonly EnvironmentFileUse[];
  /** Where the Compose files of `interpolates`, and other environment files that they name, use variables. */
  readonly uses: ReadonlyMap<string, readonly VariableUse[]>;
  /**
   * What `.env` beside the Compose files of `givenTo` sets, which the values of an `env_file` may use too; undefined where a value
   * is not known.
   */
  readonly alsoSet: ReadonlyMap<string, string | undefined>;
  /** False when something else may use variables of it: a file that is not read, or a program beside the Compose files. */
  readonly usesComplete: boolean;
  /** What its `COMPOSE_FILE` names; none where it is no `.env`. */
  readonly composeFiles: readonly ListedFile[];
  /** Is there a Compose file beside the file or in a folder above? */
  readonly isInProject: boolean;
  /** May it be given to one beside it, or be a template of what is? False where a framework beside it reads files of such names. */
  readonly mayBeGiven: boolean;
}

/** A service that names an environment file in `env_file`. */
export interface EnvironmentFileUse {
  /** Of the Compose file, an absolute path. */
  readonly composeFile: string;
  readonly service: string;
  /** Its image without tag; undefined for one that is built, or not known. */
  readonly image: string | undefined;
  /** As written, with variables put in. */
  readonly path: string;
  /** `format: raw`: no quotes, no comments behind values, no variables. */
  readonly raw: boolean;
  /** Of the path in the Compose file. */
  readonly span: Span;
  /** 0-based line of the same. */
  readonly line: number;
}

/** One place at which a file takes the value of a variable. */
export interface VariableUse {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** The service in which it stands; undefined elsewhere. */
  readonly service: string | undefined;
  readonly span: Span;
  /** 0-based. */
  readonly line: number;
  /** What it takes when the variable is not set, as it is written. */
  readonly default: string | undefined;
  /** `${NAME:?}`: Compose stops without it. */
  readonly required: boolean;
}

/** Does Compose read the file as an environment file of its own format? */
export function isReadByCompose({ interpolates, givenTo }: EnvironmentModel): boolean {
  return interpolates.length > 0 || givenTo.some((it) => !it.raw);
}

/** Read by services as it stands, and by nothing else. */
export function isRaw({ interpolates, givenTo }: EnvironmentModel): boolean {
  return interpolates.length === 0 && givenTo.length > 0 && givenTo.every((it) => it.raw);
}
