import { spawn } from "node:child_process";
import {
  type ShellcheckComment,
  shellcheckInput,
  shellcheckProblems,
} from "../features/shellcheck/comments.ts";
import { type ShellcheckScript, shellcheckScripts } from "../features/shellcheck/scripts.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { Problem } from "../rules/rule.ts";

/** So many scripts are remembered; a file has some dozen. */
const MOST_REMEMBERED = 2_000;
const MOST_AT_ONCE = 2;
const LONGEST_RUN_MS = 20_000;
const LARGEST_SCRIPT = 100_000;

/**
 * ShellCheck, where it is installed: what it said of a script is remembered by the script's text, so that a keystroke
 * asks for the changed one only.
 */
export class Shellcheck {
  readonly #program: string;
  readonly #remembered = new Map<string, readonly ShellcheckComment[]>();
  readonly #waiting = new Map<string, Promise<void>>();
  readonly #queue: (() => void)[] = [];
  #running = 0;
  #isMissing = false;
  #generation = 0;

  /** `program`: its path, or its name on the PATH. */
  constructor(program: string) {
    this.#program = program;
  }

  /** Changes whenever it has told something new. */
  get generation(): number {
    return this.#generation;
  }

  /** What it is known to say of a Dockerfile; nothing yet of scripts that it was not asked about. */
  problemsOf(model: DockerfileModel): Problem[] {
    if (this.#isMissing) return [];
    return shellcheckScripts(model).flatMap((it) => shellcheckProblems(it, this.commentsOf(it) ?? []));
  }

  /** Asks about a Dockerfile, see `ask`. */
  askAbout(model: DockerfileModel): Promise<boolean> {
    return this.#isMissing ? Promise.resolve(false) : this.ask(shellcheckScripts(model));
  }

  /** What it said of a script; undefined when it was not asked yet. Nothing where it is not installed. */
  commentsOf(script: ShellcheckScript): readonly ShellcheckComment[] | undefined {
    return this.#isMissing ? [] : this.#remembered.get(keyOf(script));
  }

  /**
   * Asks for all that is not remembered. Resolves to whether something new is known; never rejects: a script that it
   * fails on has no comments.
   */
  async ask(scripts: readonly ShellcheckScript[]): Promise<boolean> {
    const missing = scripts.filter((it) => this.commentsOf(it) === undefined);
    const before = this.#generation;
    await Promise.all(missing.map((it) => this.#ask(it)));
    return this.#generation !== before;
  }

  #ask(script: ShellcheckScript): Promise<void> {
    const key = keyOf(script);
    const waiting =
      this.#waiting.get(key) ??
      this.#turn(() => this.#run(script)).then((comments) => {
        this.#waiting.delete(key);
        this.#remember(key, comments);
      });
    this.#waiting.set(key, waiting);
    return waiting;
  }

  #remember(key: string, comments: readonly ShellcheckComment[]): void {
    // One that is not installed tells nothing.
    if (!this.#isMissing) this.#generation++;
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(key, comments);
  }

  async #turn<T>(run: () => Promise<T>): Promise<T> {
    if (this.#running >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#running++;
    try {
      return await run();
    } finally {
      this.#running--;
      this.#queue.shift()?.();
    }
  }

  #run(script: ShellcheckScript): Promise<readonly ShellcheckComment[]> {
    const input = shellcheckInput(script);
    if (this.#isMissing || input.length > LARGEST_SCRIPT) return Promise.resolve([]);
    const args = ["--format=json1", `--shell=${script.dialect}`, `--exclude=${script.excluded.join(",")}`];
    return new Promise((resolve) => {
      const child = spawn(this.#program, [...args, "--norc", "-"], {
        stdio: ["pipe", "pipe", "ignore"],
        windowsHide: true,
      });
      // `timeout` of spawn goes on waiting for a program that is not there (Node 20 to 24), and keeps us from ending.
      const limit = setTimeout(() => child.kill(), LONGEST_RUN_MS);
      const end = (comments: readonly ShellcheckComment[]) => {
        clearTimeout(limit);
        resolve(comments);
      };
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("error", (error) => {
        if ("code" in error && (error.code === "ENOENT" || error.code === "EACCES")) this.#isMissing = true;
        end([]);
      });
      child.on("close", () => end(readComments(Buffer.concat(chunks).toString("utf8"))));
      // It may be gone before it has read anything.
      child.stdin.on("error", () => {});
      child.stdin.end(input);
    });
  }
}

function keyOf({ script, dialect, excluded, variables }: ShellcheckScript): string {
  return [dialect, excluded.join(","), variables.join(","), script.text].join("\n");
}

function readComments(output: string): readonly ShellcheckComment[] {
  try {
    const { comments } = JSON.parse(output) as { readonly comments?: unknown };
    return Array.isArray(comments) ? comments.filter(isComment) : [];
  } catch {
    return [];
  }
}

function isComment(value: unknown): value is ShellcheckComment {
  if (typeof value !== "object" || value === null) return false;
  const { line, column, endLine, endColumn, code, message, level } = value as Record<string, unknown>;
  return (
    [line, column, endLine, endColumn, code].every((it) => typeof it === "number") &&
    typeof message === "string" &&
    ["error", "warning", "info", "style"].includes(String(level))
  );
}
