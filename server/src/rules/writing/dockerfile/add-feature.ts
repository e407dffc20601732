import type { SystemFeature } from "../../../model/stage/contents/view.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Fix } from "../../rule.ts";
import { installBelowFrom } from "./install-below-from.ts";
import { insertBelow } from "./lines.ts";

/** Where each stands, in every distribution that Go looks in (crypto/x509 root_linux.go, read 2026-11). */
const PATHS: Readonly<Record<SystemFeature, string>> = {
  certificates: "/etc/ssl/certs/ca-certificates.crt",
  timeZones: "/usr/share/zoneinfo",
};
const PACKAGES: Readonly<Record<SystemFeature, string>> = {
  certificates: "ca-certificates",
  timeZones: "tzdata",
};
const TITLES: Readonly<Record<SystemFeature, string>> = {
  certificates: "the certificates",
  timeZones: "the time zones",
};

/** Puts a bundle of certificates, or the time zones, into a stage: by its package, or copied from the builder. */
export function addFeature(feature: SystemFeature, stage: Stage, builder: Stage | undefined): Fix[] {
  const { file } = stage.model;
  const install = installBelowFrom(stage, () => PACKAGES[feature]);
  if (install) return [{ kind: "unsafe", title: `Install ${TITLES[feature]}`, edits: install.edits }];
  if (!builder || builder === stage) return [];
  const from = builder.name ?? String(builder.index);
  const has = feature === "certificates" ? builder.result.certificates : builder.result.timeZones;
  const path = PATHS[feature];
  if (has.is === "yes")
    return [
      {
        kind: "unsafe",
        title: `Copy ${TITLES[feature]} from ${from}`,
        edits: [insertBelow(file, stage.from, `COPY --from=${from} ${path} ${path}`)],
      },
    ];
  // Go's own distribution has them in an archive, which its programs read where ZONEINFO says.
  if (feature !== "timeZones" || builder.result.variable("GOPATH").known === false || !isGolang(builder))
    return [];
  const lines = [
    `COPY --from=${from} /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip`,
    "ENV ZONEINFO=/zoneinfo.zip",
  ];
  return [
    {
      kind: "unsafe",
      title: `Copy Go's time zones from ${from}`,
      edits: [insertBelow(file, stage.from, ...lines)],
    },
  ];
}

function isGolang({ bottom: { base } }: Stage): boolean {
  return base.kind === "image" && base.image.name === "golang";
}
