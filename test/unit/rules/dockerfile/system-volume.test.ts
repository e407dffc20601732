import { test } from "vitest";
import { systemVolume as rule } from "../../../../server/src/rules/dockerfile/system-volume.ts";
import { reports } from "../../../support/check.ts";

test("the kernel's, the system's, and sockets", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG DIR=/etc
    VOLUME ["/", "/proc/sys"]
            ^^^ system-volume
                 ^^^^^^^^^^^ system-volume: /proc is the kernel's, and no volume can take its place.
    VOLUME $DIR/
           ^^^^^ system-volume: Compose keeps volumes when a newer image comes, so /etc stays as an older one had it.
    VOLUME /run/podman/podman.sock
           ^^^^^^^^^^^^^^^^^^^^^^^ system-volume
    VOLUME /var/lib/app /etc/app /usr/local/share/app /dev/shm /srv data $UNKNOWN
  `;
});

test("control groups, which are mounted by hand for a systemd, are left alone", () => {
  reports(rule)`
    FROM almalinux:9
    VOLUME ["/sys/fs/cgroup", "/run"]
    VOLUME /sys/fs/cgroup/systemd /sys/fs/bpf
                                  ^^^^^^^^^^^ system-volume
    CMD ["/usr/sbin/init"]
  `;
});
