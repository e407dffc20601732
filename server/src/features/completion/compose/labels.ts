import type { Asked, KeyProposal } from "./asked.ts";
import { exposedPorts } from "./ports.ts";

/** Labels that Traefik reads (traefik/traefik, reference of docker-labels.yml, read 2026-11-27), where the project has it. */
export function labels(asked: Asked): readonly KeyProposal[] {
  const { project, service, cursor } = asked;
  const isGateway = [...project.services.values()].some((it) =>
    /(?:^|\/)traefik$/.test(it.image?.value.name ?? ""),
  );
  if (!isGateway && !cursor.typed.startsWith("tr")) return [];
  const name = (service?.name.value ?? "web").replace(/[^\w-]/g, "-");
  const port = exposedPorts(asked)[0]?.port ?? 80;
  const given = new Set([...cursor.keys, ...cursor.items.map((it) => it.replace(/=.*$/s, ""))]);
  const router = `traefik.http.routers.${name}`;
  const all: readonly (readonly [string, string, string])[] = [
    ["traefik.enable", "true", "Traefik passes requests on to this service"],
    [`${router}.rule`, `Host(\`${name}.localhost\`)`, "which requests"],
    [`${router}.entrypoints`, "websecure", "on which of its ports they come in"],
    [`${router}.tls.certresolver`, "letsencrypt", "who gives the certificate"],
    [`${router}.middlewares`, `${name}-auth`, "what is done with them on the way"],
    [
      `traefik.http.services.${name}.loadbalancer.server.port`,
      String(port),
      "port of the container that they go to",
    ],
    ["traefik.docker.network", "web", "network by which it is reached"],
  ];
  return all
    .filter(([label]) => !given.has(label))
    .map(([label, value, detail], rank) => ({
      label,
      kind: "value",
      detail,
      rank: 10 + rank,
      behind: { kind: "text", yaml: JSON.stringify(value) },
    }));
}
