/**
 * The variables by which `docker` reaches the engine that Plimsoll uses. `address` and `from` are `Engine.address` and `addressFrom`. An
 * empty variable counts as none for `docker` (cli/command/cli.go, read 2026-11), and a host goes before a context.
 */
export function engineEnvironment(address: string, from: string): Record<string, string> {
  const context = /^context “(.+)”$/.exec(from)?.[1];
  // A context also says which certificates to use.
  return context === undefined
    ? { DOCKER_HOST: address, DOCKER_CONTEXT: "" }
    : { DOCKER_HOST: "", DOCKER_CONTEXT: context };
}
