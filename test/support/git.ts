import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installGit } from "../setup/git.ts";

export interface TestRepository {
  /** The program. */
  readonly program: string;
  git(...args: readonly string[]): string;
  /** Writes these files, path → content, and commits them. Ends with the commit's id. */
  commit(message: string, files: Readonly<Record<string, string>>): string;
}

/** Makes a git repository of a folder, with nothing of the user's own settings. Commits are a minute apart. */
export async function gitRepository(folder: string): Promise<TestRepository> {
  const program = await installGit();
  let minute = 0;
  const git = (...args: readonly string[]) =>
    execFileSync(program, ["-C", folder, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Ada",
        GIT_AUTHOR_EMAIL: "ada@example.com",
        GIT_COMMITTER_NAME: "Ada",
        GIT_COMMITTER_EMAIL: "ada@example.com",
        GIT_AUTHOR_DATE: `2026-11-01T10:${String(minute).padStart(2, "0")}:00Z`,
        GIT_COMMITTER_DATE: `2026-11-01T10:${String(minute).padStart(2, "0")}:00Z`,
      },
    });
  mkdirSync(folder, { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  return {
    program,
    git,
    commit(message, files) {
      minute++;
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), content);
      }
      git("add", "--all");
      git("commit", "--quiet", "--message", message);
      return git("rev-parse", "HEAD").trim();
    },
  };
}
