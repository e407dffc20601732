/** Entries that ignore files of an ecosystem mostly have; the snippets write them alike. */
export interface IgnoreEntries {
  readonly title: string;
  /** A file at the root of the context that tells of it; undefined for all projects. */
  readonly beside: RegExp | undefined;
  readonly patterns: readonly string[];
}

/** From the tools' own documentation and GitHub's collection of `.gitignore` templates (read 2026-11). */
export const ignoreEntries: readonly IgnoreEntries[] = [
  {
    title: "any project",
    beside: undefined,
    patterns: [
      ".git",
      ".github",
      ".idea",
      ".vscode",
      "**/.DS_Store",
      "**/.env",
      "**/.env.*",
      "**/*.pem",
      "**/*.key",
      "Dockerfile*",
      ".dockerignore",
      "compose*.yaml",
      "docker-compose*.yml",
    ],
  },
  {
    title: "Node",
    beside: /^package\.json$/,
    patterns: ["**/node_modules", "**/dist", "**/coverage", "**/.next", "**/.nuxt", "**/.turbo", "**/*.log"],
  },
  {
    title: "Python",
    beside: /^(?:pyproject\.toml|requirements.*\.txt|setup\.(?:py|cfg)|Pipfile)$/,
    patterns: [
      "**/.venv",
      "**/venv",
      "**/__pycache__",
      "**/*.py[cod]",
      "**/.pytest_cache",
      "**/.mypy_cache",
      "**/.ruff_cache",
    ],
  },
  { title: "Go", beside: /^go\.mod$/, patterns: ["bin", "tmp", "**/*.test", "**/*.out"] },
  { title: "Rust", beside: /^Cargo\.toml$/, patterns: ["target", "**/*.rs.bk"] },
  {
    title: "Java",
    beside: /^(?:pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?)$/,
    patterns: ["target", "*/target", "build", "*/build", "**/.gradle", "**/*.class"],
  },
  { title: ".NET", beside: /\.(?:sln|slnx|csproj|fsproj)$/, patterns: ["**/bin", "**/obj", "**/.vs"] },
  { title: "PHP", beside: /^composer\.json$/, patterns: ["vendor", "var/cache", "var/log"] },
  { title: "Ruby", beside: /^Gemfile$/, patterns: [".bundle", "vendor/bundle", "log/*", "tmp/*"] },
];
