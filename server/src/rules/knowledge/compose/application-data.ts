import { mountPath } from "../../../model/compose/mount-path.ts";
import type { Mount, Service } from "../../../model/compose/project.ts";
import type { ImageReference } from "../../../model/stage/stage.ts";
import { valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";

/** An application that is no database and has one place for all that it keeps. */
interface Application {
  readonly title: string;
  readonly image: RegExp;
  readonly tag?: RegExp;
  readonly dataPath: string;
  /**
   * Where its packages for machines, its other images, or slips of the path have the data; the image looks into none of them.
   * Names that may be of anything else, as `/data`, only where nothing else is likely.
   */
  readonly mistaken: RegExp;
  /** Variables and arguments that move the data. */
  readonly moved: RegExp;
  /** Where a configuration that is mounted may move them. */
  readonly configured?: string;
}

/**
 * jenkinsci/docker debian/trixie/hotspot/Dockerfile (`VOLUME $JENKINS_HOME`), grafana/grafana Dockerfile (`GF_PATHS_DATA`),
 * prometheus/prometheus Dockerfile and Dockerfile.distroless (`WORKDIR /prometheus`, below which the default `data/` is too),
 * go-gitea/gitea Dockerfile (`VOLUME ["/data"]`) and Dockerfile.rootless (`VOLUME ["/var/lib/gitea", "/etc/gitea"]`); all read 2026-11-28.
 */
const APPLICATIONS: readonly Application[] = [
  {
    title: "Jenkins",
    image: /^jenkins\/jenkins$/,
    dataPath: "/var/jenkins_home",
    mistaken: /^\/(?:var\/lib\/jenkins(?:_home)?|var\/jenkins|jenkins(?:_home)?)$/,
    moved: /JENKINS_HOME/,
  },
  {
    title: "Grafana",
    image: /^grafana\/grafana(?:-oss|-enterprise)?$/,
    dataPath: "/var/lib/grafana",
    mistaken: /^\/(?:var\/grafana|grafana|usr\/share\/grafana\/data)$/,
    moved: /GF_PATHS_(?:DATA|CONFIG)|cfg:|--config|GF_DATABASE_/,
    configured: "/etc/grafana/grafana.ini",
  },
  {
    title: "Prometheus",
    image: /^(?:prom|quay\.io\/prometheus)\/prometheus$/,
    dataPath: "/prometheus",
    mistaken:
      /^\/(?:var\/lib\/prometheus(?:\/data)?|var\/prometheus|prometheus[-_]data|etc\/prometheus\/data)$/,
    moved: /storage\.(?:tsdb|agent|local)\.path/,
  },
  {
    title: "Gitea",
    image: /^gitea\/gitea$/,
    tag: /^(?!.*rootless)/,
    dataPath: "/data",
    mistaken: /^\/(?:var\/lib\/)?gitea$/,
    moved: /PATH|ROOT|WORK_DIR|CUSTOM|APP_INI/,
  },
  {
    title: "Gitea's rootless image",
    image: /^gitea\/gitea$/,
    tag: /-rootless$/,
    dataPath: "/var/lib/gitea",
    mistaken: /^\/(?:data|gitea)$/,
    moved: /PATH|ROOT|WORK_DIR|CUSTOM|APP_INI/,
    configured: "/etc/gitea/app.ini",
  },
];

/** The volumes of a service that its application does not use, while nothing is mounted where its data are. */
export function mistakenVolumes(
  service: Service,
  image: ImageReference,
): { readonly title: string; readonly dataPath: string; readonly mounts: readonly Mount[] } | undefined {
  const application = APPLICATIONS.find(
    (it) => it.image.test(image.name) && (!it.tag || it.tag.test(image.tag ?? "")),
  );
  if (!application || mayMoveData(service, application)) return undefined;
  const { title, dataPath, mistaken, configured } = application;
  const paths = service.mounts.map((it) => mountPath(it));
  if (paths.some((it) => touches(it, dataPath) || (configured !== undefined && touches(it, configured))))
    return undefined;
  const mounts = service.mounts.filter((it) => it.kind === "volume" && mistaken.test(mountPath(it)));
  return { title, dataPath, mounts };
}

/** Whether one is the other, lies in it, or may. */
function touches(mounted: string, path: string): boolean {
  return (
    mounted.includes(HOLE) ||
    !mounted.startsWith("/") ||
    `${mounted}/`.startsWith(`${path}/`) ||
    path.startsWith(`${mounted}/`)
  );
}

function mayMoveData(service: Service, { moved }: Application): boolean {
  const { complete, node, command, entrypoint, environment, environmentComplete } = service;
  if (!complete || !environmentComplete || service.build || service.imageBuild || entrypoint) return true;
  if (["tmpfs", "volumes_from", "working_dir", "configs"].some((it) => valueAt(node, it))) return true;
  if (command && !command.words) return true;
  const told = [
    ...(command?.words ?? []),
    ...environment.flatMap((it) => [it.name.value, it.value?.value ?? HOLE]),
  ];
  return told.some((it) => moved.test(it)) || (command?.words ?? []).some((it) => it.includes(HOLE));
}
