import type { SyntaxProblem } from "../../problem.ts";
import type { DockerfileNode } from "../parse.ts";

/** Everything BuildKit refuses or warns of when it parses the file, in the order of the text. */
export function problemsOf(file: DockerfileNode): readonly SyntaxProblem[] {
  return file.directiveProblems;
}
