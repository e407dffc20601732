import type { GrpcMethods } from "../buildkit/grpc.ts";
import { credentialMethods } from "../registry/registry-credentials.ts";
import { secretMethods } from "./build-secrets.ts";
import type { BuildRequest } from "./build-types.ts";
import { openAgents } from "./ssh-forward.ts";

/** What a build may ask of this machine besides files. */
export interface SessionOffers {
  readonly methods: GrpcMethods;
  close(): void;
}

/** Secrets, SSH agents and registry logins of a request. Throws EngineError when one that is named cannot be had. */
export async function openOffers(
  request: Pick<BuildRequest, "ssh">,
  secrets: ReadonlyMap<string, Buffer>,
  note: (sentence: string) => void,
): Promise<SessionOffers> {
  const agents = await openAgents(request.ssh ?? []);
  return {
    methods: { ...credentialMethods(note), ...secretMethods(secrets), ...agents.methods },
    close: () => agents.close(),
  };
}
