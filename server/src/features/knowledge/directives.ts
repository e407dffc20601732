import type { KnownValue } from "./flags.ts";

/** Parser directives: comments at the very top that change how the file is read (BuildKit's parser/directives.go, read 2026-11). */
export interface DirectiveKnowledge {
  readonly name: string;
  readonly summary: string;
  readonly values: readonly KnownValue[];
}

export const directives: readonly DirectiveKnowledge[] = [
  {
    name: "syntax",
    summary:
      "Image of the frontend that reads this file. It is pulled before the build, so a file can use newer syntax than the engine brought along.",
    values: [
      { value: "docker/dockerfile:1", summary: "The newest stable 1.x: what most files want." },
      { value: "docker/dockerfile:1-labs", summary: "The newest with experimental instructions and flags." },
    ],
  },
  {
    name: "escape",
    summary:
      "Character that escapes, and that continues a line at its end. The backtick is for Windows paths.",
    values: [
      { value: "\\", summary: "The default." },
      { value: "`", summary: "Lets `C:\\path\\` be written as it is." },
    ],
  },
  {
    name: "check",
    summary:
      "How the builder's own checks behave: `skip=` names checks to leave out (`skip=all` for all), `error=true` lets a warning fail the build. Both may be given, with `;` between them. One such line a file.",
    values: [
      { value: "skip=all", summary: "No checks." },
      { value: "error=true", summary: "A warning fails the build." },
    ],
  },
];
