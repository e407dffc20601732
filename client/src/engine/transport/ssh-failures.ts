import { EngineError, type EngineFailure } from "../engine.ts";
import type { RemoteProgram, SshTarget } from "./ssh.ts";

type Cause = Extract<EngineFailure, { kind: "unreachable" }>["cause"];

/**
 * Why an engine could not be reached over SSH, and what to do. `status` is how ssh ended (255 is its own failure, anything else that of
 * the program over there), or the code of Node's error; `said` its error output. Wordings of OpenSSH 7.6 to 9.9, Docker 20.10 to 28 and
 * Podman 4.3.
 */
export function sshFailure(
  url: string,
  target: SshTarget,
  program: RemoteProgram,
  status: number | string | null,
  said: string,
): EngineError {
  const [cause, message] =
    status === "ENOENT"
      ? noSsh(url)
      : status === 255 || typeof status === "string"
        ? ofSsh(target, said)
        : ofProgram(target, program, status, said);
  return new EngineError({ kind: "unreachable", address: url, cause, detail: said.trim() }, message);
}

function noSsh(url: string): [Cause, string] {
  return [
    "other",
    `${url} is reached with the program “ssh”, and there is none on the PATH. Install an OpenSSH client, then try again.`,
  ];
}

function ofSsh(target: SshTarget, said: string): [Cause, string] {
  const { host, user } = target;
  const login = `ssh ${target.port === undefined ? "" : `-p ${target.port} `}${user === undefined ? "" : `${user}@`}${host}`;
  if (/IDENTIFICATION HAS CHANGED/i.test(said))
    return [
      "other",
      `${host} shows another host key than the one that ssh knows. If the host was set up anew, remove the old key (“ssh-keygen -R ${knownAs(target)}”) and connect once in a terminal (“${login}”); else somebody may be in between.`,
    ];
  if (/Host key verification failed|host key is known/i.test(said))
    return [
      "other",
      `ssh does not know the host key of ${host} yet. Connect once in a terminal (“${login}”) and confirm it, then try again.`,
    ];
  if (/Permission denied|Too many authentication failures/i.test(said))
    return [
      "permission-denied",
      `${host} does not let ${user ?? "you"} in with a key. Check the user name, and load your key (“ssh-add”) or bring it there (“${login.replace(/^ssh/, "ssh-copy-id")}”): no password is asked for.`,
    ];
  if (/Could not resolve hostname/i.test(said))
    return [
      "other",
      `The host ${host} is not known. Check the address, or give it a Host entry in ~/.ssh/config.`,
    ];
  if (/Connection refused/i.test(said))
    return [
      "refused",
      `No SSH server answers at ${host}${target.port === undefined ? "" : `:${target.port}`}. Check the port, and that sshd runs there.`,
    ];
  if (/timed out|No route to host|Network is unreachable/i.test(said))
    return ["other", `${host} does not answer over SSH. Check the network, a VPN, and the address.`];
  const last = lastLine(said);
  return [
    "other",
    `ssh could not connect to ${host}${last === "" ? "" : ` (${last})`}. See whether “${login}” works in a terminal.`,
  ];
}

/** As `~/.ssh/known_hosts` names it. */
function knownAs({ host, port }: SshTarget): string {
  return port === undefined || port === "22" ? host : `[${host}]:${port}`;
}

function ofProgram(
  { host, user, socket }: SshTarget,
  program: RemoteProgram,
  status: number | null,
  said: string,
): [Cause, string] {
  const who = user ?? "your user";
  // 127 is what every shell answers; the other words are those of cmd and PowerShell.
  if (status === 127 || /command not found|is not recognized/i.test(said))
    return [
      "no-docker",
      `${host} has no “docker” for ${who}. Install the Docker command line there, or put it on the PATH of shells that are not interactive.`,
    ];
  if (/account is (?:currently )?not available/i.test(said))
    return ["permission-denied", `${who} has no shell on ${host}. Name another user in the address.`];
  if (/unknown command|is not a docker command|unknown shorthand/i.test(said))
    return ["no-docker", `The “docker” of ${host} is too old for SSH. It takes Docker 18.09 or newer there.`];
  if (/permission denied/i.test(said))
    return [
      "permission-denied",
      `${who} may not use the engine on ${host}. Add the user to the group that owns the socket there (“sudo usermod -aG docker ${user ?? "$USER"}”), then try again.`,
    ];
  if (/no such file|connection refused|cannot connect|unable to connect/i.test(said))
    return [
      "no-socket",
      `No engine answers on ${host}${socket === undefined ? "" : ` at ${socket}`}. Start it there (“sudo systemctl start ${program}”), or name its socket in the address: ssh://${user === undefined ? "" : `${user}@`}${host}/path/of/docker.sock.`,
    ];
  const last = lastLine(said);
  return [
    "other",
    `${host} was reached, but not its engine${last === "" ? ": the connection ended at once" : ` (${last})`}. See whether “docker version” works there.`,
  ];
}

function lastLine(said: string): string {
  return said.trim().split("\n").at(-1)?.trim().replace(/\.$/, "") ?? "";
}
