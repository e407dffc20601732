import type { VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { pathSeenFrom } from "./paths.ts";
import { readTree } from "./read-tree.ts";
import {
  type CompositionProblem,
  type EffectiveMapping,
  type EffectiveNode,
  effectiveAt,
  effectiveText,
  type Origin,
  type SourceFile,
} from "./tree.ts";

/** What a project is put together from; the host does the IO. Paths are absolute, with `/` between their parts. */
export interface EffectiveInputs {
  /** A Compose file, read; undefined when there is none, or it is no text. */
  read(path: string): ComposeFile | undefined;
  /** Text of an `.env`; undefined when there is none. */
  textAt(path: string): string | undefined;
  /** Names of what is in a folder. */
  namesIn(folder: string): readonly string[];
  /** Between the paths of `COMPOSE_FILE`: `:`, on Windows `;`. */
  readonly listSeparator: string;
  /** Absolute paths of files with variables that are read instead of `.env`, the one that counts most last. */
  readonly envFiles?: readonly string[];
  /** Variables that go before those of `.env`; absent where the shell is not known. */
  readonly shell?: VariableLookup;
}

/** Files whose paths count from one folder, and that see the same variables. */
export interface Context {
  readonly directory: string;
  readonly lookup: VariableLookup;
  readonly units: Map<string, Unit | undefined>;
  /** By folder: the same variables, for files that services are extended from. */
  readonly relatives: Map<string, Context>;
  /** By folder and files of variables: what is included with more variables than these. */
  readonly inner: Map<string, Context>;
  /** By their paths: files that were laid over one another. */
  readonly groups: Map<string, EffectiveMapping | undefined>;
}

/** One file, read in one context. */
export interface Unit {
  readonly source: SourceFile;
  readonly context: Context;
  readonly root: EffectiveMapping;
  /** Services with what they extend, as far as they were asked for. */
  readonly extended: Map<string, EffectiveNode>;
}

/** What else is said of a problem. */
interface CompositionMore extends Pick<CompositionProblem, "via" | "places"> {
  readonly open: boolean;
}

/** More files than a project has, and less than would be felt. */
const MOST_READINGS = 2000;

/** The state of putting one project together. */
export class Loading {
  readonly inputs: EffectiveInputs;
  /** The project's folder. */
  readonly directory: string;
  readonly problems: CompositionProblem[] = [];
  readonly sources = new Map<string, SourceFile>();
  readonly paths = new Set<string>();
  /** See `EffectiveProject`. */
  readonly members = new Set<string>();
  hasEnvFile = false;
  /** By path: the variables that a file was read with, once for each of its contexts. */
  readonly lookups = new Map<string, VariableLookup[]>();
  certain = true;
  #readings = 0;

  constructor(inputs: EffectiveInputs, directory: string) {
    this.inputs = inputs;
    this.directory = directory;
  }

  /** True when so much was read that something must be wrong with the files. */
  get isExhausted(): boolean {
    return this.#readings >= MOST_READINGS;
  }

  /** Each `include` that led to what is being read, the outer one first. */
  readonly #way: Origin[] = [];

  /** The text of what says which file or service is meant. */
  choice(node: EffectiveNode | undefined): string | undefined {
    if (node?.kind === "scalar" && node.parts?.some((it) => it.open)) this.certain = false;
    return effectiveText(node);
  }

  report(
    kind: CompositionProblem["kind"],
    message: string,
    origin: Origin,
    { via = [], places = [], open = false }: Partial<CompositionMore> = {},
  ): void {
    this.problems.push({
      ...{ kind, message, origin, via: [...this.#way, ...via], places },
      ...(open && { open }),
    });
  }

  /** What `read` reads is there because of this `include`. */
  because<T>(include: Origin, read: () => T): T {
    this.#way.push(include);
    const answer = read();
    this.#way.pop();
    return answer;
  }

  context(directory: string, lookup: VariableLookup): Context {
    const context = contextOf(directory, lookup, new Map(), new Map());
    context.relatives.set(directory, context);
    return context;
  }

  /** The context of a file in another folder that sees the same variables. */
  relative({ lookup, relatives, inner }: Context, directory: string): Context {
    const known = relatives.get(directory) ?? contextOf(directory, lookup, relatives, inner);
    relatives.set(directory, known);
    return known;
  }

  /** Undefined when there is no such file, or nothing in it. */
  unit(path: string, context: Context): Unit | undefined {
    if (context.units.has(path)) return context.units.get(path);
    const source = this.source(path);
    const root = source?.file.root;
    this.#readings++;
    const prefix = pathSeenFrom(this.directory, context.directory);
    const unit =
      source && root
        ? {
            source,
            context,
            root: readTree(root, { source, lookup: context.lookup, prefix }),
            extended: new Map(),
          }
        : undefined;
    context.units.set(path, unit);
    if (unit) this.lookups.set(path, [...(this.lookups.get(path) ?? []), context.lookup]);
    return unit;
  }

  source(path: string): SourceFile | undefined {
    const known = this.sources.get(path);
    if (known) return known;
    this.paths.add(path);
    const file = this.inputs.read(path);
    if (!file) return undefined;
    const source = { path, name: pathSeenFrom(this.directory, path), file };
    this.sources.set(path, source);
    this.#tellOfFile(source);
    return source;
  }

  #tellOfFile(source: SourceFile): void {
    const { problems, furtherDocuments, root } = source.file;
    const first = problems.find((it) => it.severity === "error");
    if (first)
      this.report("unreadable", `${source.name} is not read to its end: ${first.message}`, {
        source,
        span: first.span,
      });
    if (furtherDocuments > 0)
      this.report("not-read", `Of ${source.name} only the first document is shown; Compose merges all.`, {
        source,
        span: root?.span ?? { start: 0, end: 0 },
      });
  }

  /** Text of a file with variables, remembered as a file of the project. */
  variables(path: string): string | undefined {
    this.paths.add(path);
    const text = this.inputs.textAt(path);
    this.hasEnvFile ||= text !== undefined;
    return text;
  }
}

function contextOf(
  directory: string,
  lookup: VariableLookup,
  relatives: Context["relatives"],
  inner: Context["inner"],
): Context {
  return { directory, lookup, units: new Map(), relatives, inner, groups: new Map() };
}

/** The services of a file, by name. */
export function servicesOf(root: EffectiveNode): ReadonlyMap<string, EffectiveNode> {
  const services = effectiveAt(root, "services");
  return services?.kind === "mapping" ? services.entries : new Map();
}
