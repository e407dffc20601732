import { mountPath } from "../../model/compose/mount-path.ts";
import {
  type ComposeProject,
  type Mount,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import { POSTGRES_IMAGE } from "../../model/image/postgres-images.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { mountAt } from "../writing/compose/mount-at.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const mountKindDiffers = composeRule({
  id: "mount-kind-differs",
  title: "File mounted over a folder, or a folder over a file",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a file that is mounted in the place of a folder of the image, and a folder in the place of a file: \`./nginx.conf:/etc/nginx/conf.d/\`,
      \`./init.sql:/docker-entrypoint-initdb.d\`, \`./nginx:/etc/nginx/nginx.conf\`. Known are the folders and files of well-known images, as nginx, PostgreSQL, MySQL,
      MongoDB, Prometheus, Grafana, Caddy, PHP and Elasticsearch, and the folders that the Dockerfile of a service makes; a slash at the end makes no
      difference.`,
    why: source`
      The engine does not start the container: "not a directory: Are you trying to mount a directory onto a file (or vice-versa)?"
      is what it says.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          volumes:
            - ./site.conf:/etc/nginx/conf.d/
                          ^^^^^^^^^^^^^^^^^^ mount-kind-differs: ./site.conf is a file, and /etc/nginx/conf.d a folder of the image: the engine mounts neither over the other.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          volumes:
            - ./site.conf:/etc/nginx/conf.d/site.conf`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      if (!bindsKnown(service)) continue;
      for (const mount of service.mounts) {
        const { source: from, target } = mount;
        if (mount.kind !== "bind" || !from?.known || !target.known) continue;
        const path = target.value.replace(/(?<=.)\/+$/, "");
        const is = kindIn(path, service);
        if (!is || isBelowMount(path, mount, service)) continue;
        const kind = project.files.kindOf(from.value);
        if (kind !== (is === "folder" ? "file" : "directory")) continue;
        const own = is === "folder" ? "file" : "folder";
        const message = `${from.value} is a ${own}, and ${path} a ${is} of the image: the engine mounts neither over the other.`;
        once(target.spanOf(0, target.value.length), message, {
          fixes: is === "folder" ? inside(path, from.value, mount, project) : [],
        });
      }
    }
  },
});

/** Cheap, and mostly no. */
const bindsKnown = notedOnService(
  (service): boolean =>
    service.mounts.some((it) => it.kind === "bind") &&
    (service.imageBuild !== undefined || placesOf(service) !== undefined),
);

/** What is at a path of the image; undefined where it is not known. */
function kindIn(path: string, service: Service): "file" | "folder" | undefined {
  if (service.imageBuild) {
    const result = service.imageBuild.stage?.result;
    const isFolder = result?.fileAt(path)?.kind === "directory" && result.hasPath(path).is === "yes";
    return isFolder ? "folder" : undefined;
  }
  const known = placesOf(service);
  return known?.folders.includes(path) ? "folder" : known?.files.includes(path) ? "file" : undefined;
}

/** Where the folder above is mounted too, that decides what is there. */
function isBelowMount(path: string, mount: Mount, { mounts }: Service): boolean {
  return mounts.some((it) => {
    const above = mountPath(it);
    return it !== mount && (!it.target.known || path === above || path.startsWith(`${above}/`));
  });
}

function inside(folder: string, from: string, mount: Mount, project: ComposeProject) {
  const name = from.slice(from.lastIndexOf("/") + 1);
  return name === "" ? [] : mountAt(`${folder}/${name}`, mount, project, "unsafe");
}

interface Places {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

const SCRIPTS = "/docker-entrypoint-initdb.d";

/** What has been in each image of these for years (their Dockerfiles and packages, as generally known, 2026-11). */
const PLACES: readonly (readonly [image: RegExp, folders: string, files: string])[] = [
  [
    /^nginx$/,
    "/etc/nginx /etc/nginx/conf.d /usr/share/nginx/html",
    "/etc/nginx/nginx.conf /etc/nginx/conf.d/default.conf /etc/nginx/mime.types",
  ],
  [POSTGRES_IMAGE, `${SCRIPTS} /var/lib/postgresql`, ""],
  [/^mysql$/, `${SCRIPTS} /var/lib/mysql`, ""],
  [/^mariadb$/, `${SCRIPTS} /var/lib/mysql /etc/mysql /etc/mysql/conf.d`, ""],
  [/^mongo$/, `${SCRIPTS} /data/db`, ""],
  [/^redis$/, "/data", ""],
  [/^prom\/prometheus$/, "/etc/prometheus /prometheus", "/etc/prometheus/prometheus.yml"],
  [
    /^grafana\/grafana(?:-oss|-enterprise)?$/,
    "/etc/grafana /etc/grafana/provisioning /etc/grafana/provisioning/datasources /etc/grafana/provisioning/dashboards /var/lib/grafana",
    "/etc/grafana/grafana.ini",
  ],
  [/^caddy$/, "/etc/caddy /data /config", "/etc/caddy/Caddyfile"],
  [
    /^httpd$/,
    "/usr/local/apache2/htdocs /usr/local/apache2/conf /usr/local/apache2",
    "/usr/local/apache2/conf/httpd.conf",
  ],
  [/^haproxy$/, "/usr/local/etc/haproxy", ""],
  [/^php$/, "/usr/local/etc/php /usr/local/etc/php/conf.d", ""],
  [/^eclipse-mosquitto$/, "/mosquitto/config", "/mosquitto/config/mosquitto.conf"],
  [/^rabbitmq$/, "/etc/rabbitmq /var/lib/rabbitmq", ""],
  [
    /^(?:docker\.elastic\.co\/elasticsearch\/)?elasticsearch$/,
    "/usr/share/elasticsearch/config /usr/share/elasticsearch/data",
    "/usr/share/elasticsearch/config/elasticsearch.yml",
  ],
  [
    /^(?:docker\.elastic\.co\/kibana\/)?kibana$/,
    "/usr/share/kibana/config",
    "/usr/share/kibana/config/kibana.yml",
  ],
  [
    /^(?:docker\.elastic\.co\/logstash\/)?logstash$/,
    "/usr/share/logstash/pipeline /usr/share/logstash/config",
    "/usr/share/logstash/config/logstash.yml",
  ],
];

/** Not of what is built here, which may have removed them. */
function placesOf({ image, build, imageBuild }: Service): Places | undefined {
  const name = build || imageBuild ? undefined : image?.value.name;
  const row = name === undefined ? undefined : PLACES.find(([it]) => it.test(name));
  return row && { folders: row[1].split(" "), files: row[2].split(" ").filter(Boolean) };
}
