/**
 * The engine's message about a failed build without what the reader sees anyway: the command stands on the line that the
 * problem is on. `process "/bin/sh -c make" did not complete successfully: exit code: 2` becomes `exit code 2`.
 */
export function failureText(message: string): string {
  const plain = message.trim().replace(/^failed to solve: /, "");
  const secret = /secret ([\w.-]+): not found$/.exec(plain)?.[1];
  if (secret !== undefined) return `the secret ${secret} is needed and was not given`;
  return plain.replace(/^process ".*" did not complete successfully: exit code: (\d+)$/s, "exit code $1");
}
