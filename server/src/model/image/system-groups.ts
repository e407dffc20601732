import type { ImageFacts } from "./facts.ts";

/**
 * Groups of alpine-baselayout's /etc/group in releases 3.10 to 3.24 (aports, main/alpine-baselayout/group, read 2026-11-27), with
 * those that some releases dropped or that official images install. More names than any one of them has.
 */
const ALPINE = names(
  "root bin daemon sys adm tty disk lp mem kmem wheel floppy mail news uucp man cron console audio cdrom dialout ftp sshd input at " +
    "tape video netdev readproc squid xfs kvm games shadow cdrw www-data usb cyrus vpopmail users ntp nofiles smmsp locate abuild " +
    "utmp ping nogroup nobody postgres postmaster guest",
);

/**
 * The same of Debian and Ubuntu: base-passwd's group.master (3.5.51, 3.6.1 and 3.6.7 of Debian 11 to 13, read 2026-11-27), and the
 * groups that udev, systemd, openssh, cron and the like make, whether an image has them or not.
 */
const DEBIAN = names(
  "root daemon bin sys adm tty disk lp mail news uucp man proxy kmem dialout fax voice cdrom floppy tape sudo audio dip www-data " +
    "backup operator list irc src gnats shadow utmp video sasl plugdev staff games users nogroup input kvm render sgx ssh _ssh " +
    "messagebus crontab netdev systemd-journal systemd-network systemd-resolve systemd-timesync rdma lxd admin ssl-cert clock",
);

/** Official images that make no groups but those of their users' names. */
const PLAIN = names(
  "alpine debian ubuntu golang node python ruby rust php eclipse-temurin maven gradle gcc buildpack-deps nginx",
);

/** Has an image certainly no group of this name, as far as its system and its users tell? */
export function lacksGroup({ name: image, os, packageManager, users }: ImageFacts, name: string): boolean {
  if (!users || !os || !PLAIN.has(image) || Object.hasOwn(users, name)) return false;
  if (os.family === "alpine") return packageManager === "apk" && !ALPINE.has(name);
  return os.family === "debian" && packageManager === "apt" && !DEBIAN.has(name);
}

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
