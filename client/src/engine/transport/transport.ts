import { existsSync, readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { join } from "node:path";
import Docker from "dockerode";
import type { Connection } from "../connection.ts";
import type { EngineError } from "../engine.ts";
import { otherFailure } from "../failures.ts";
import { type EngineAddress, socketPath } from "./address.ts";
import { type RemoteProgram, SshAgent } from "./ssh.ts";

/**
 * dockerode at an address, without asking anything yet. `program` is what leads to the engine on the host of an SSH address. Throws
 * EngineError when the address or its certificates cannot be used.
 */
export function connectionTo({ url, tls }: EngineAddress, program: RemoteProgram = "docker"): Connection {
  const socket = socketPath(url);
  if (socket)
    return { address: url, docker: dockerAt({ socketPath: socket, protocol: "http", agent: agent() }) };
  // Not left to dockerode, whose ssh2 knows neither ~/.ssh/config nor known hosts (5.0.1).
  if (url.startsWith("ssh:"))
    return {
      address: url,
      tunnels: new Map(),
      docker: dockerAt({ host: "localhost", protocol: "http", agent: new SshAgent(url, program) }),
    };

  let at: URL;
  try {
    at = new URL(url);
  } catch {
    throw noAddress(url);
  }
  if (at.protocol === "tcp:" && at.hostname === "") throw noAddress(url);
  if (at.protocol !== "tcp:")
    throw otherFailure(
      `Plimsoll cannot reach ${url}: “${at.protocol}//” is none of unix, npipe, tcp and ssh.`,
    );
  return {
    address: url,
    docker: dockerAt({
      host: at.hostname.replace(/^\[|\]$/g, ""),
      port: at.port || (tls ? "2376" : "2375"),
      protocol: tls ? "https" : "http",
      agent: tls
        ? new HttpsAgent({ keepAlive: false, ...certificates(tls.folder), rejectUnauthorized: tls.verify })
        : agent(),
    }),
  };
}

/** A connection for each request: one kept alive would fail the first question after the engine was restarted. */
function agent(): HttpAgent {
  return new HttpAgent({ keepAlive: false });
}

function dockerAt(options: Docker.DockerOptions & { readonly agent: HttpAgent }): Docker {
  // docker-modem fills what is absent from DOCKER_HOST and DOCKER_CERT_PATH, where a host beats a socket
  // (5.0.7, lib/modem.js), so every field that the environment could set is set here.
  const complete: Docker.DockerOptions & { agent: HttpAgent; pathPrefix: string } = {
    socketPath: undefined,
    host: undefined,
    port: undefined,
    username: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
    pathPrefix: "/",
    ...options,
  };
  try {
    return new Docker(complete);
  } catch (error) {
    throw otherFailure(`The Docker settings in the environment cannot be used: ${(error as Error).message}`);
  }
}

function certificates(folder: string): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const pem = (name: string): Buffer | undefined => {
    const file = join(folder, name);
    try {
      return existsSync(file) ? readFileSync(file) : undefined;
    } catch (error) {
      throw otherFailure(`The certificate ${file} cannot be read: ${(error as Error).message}`);
    }
  };
  const [ca, cert, key] = [pem("ca.pem"), pem("cert.pem"), pem("key.pem")];
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function noAddress(url: string): EngineError {
  return otherFailure(
    `“${url}” is no address of an engine. It looks like unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.`,
  );
}
