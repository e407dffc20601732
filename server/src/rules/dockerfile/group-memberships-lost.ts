import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { remove } from "../../text/edit.ts";
import { listed } from "../../text/listed.ts";
import { source } from "../../text/source.ts";
import { membershipsIn } from "../knowledge/users/group-memberships.ts";
import { stageRule } from "../rule.ts";

export const groupMembershipsLost = stageRule({
  id: "group-memberships-lost",
  title: "USER with a group, which takes the user's other groups away",
  severity: "warning",
  tags: ["run"],
  aliases: ["user-explicit-group-drops-supplementary-groups"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the last \`USER name:group\` of a stage that puts the user into further groups by \`useradd -G\`, \`usermod -aG\`,
      \`adduser user group\` or \`gpasswd -a\`. Groups that sudo looks up itself do not count, nor does a group by number.`,
    why: source`
      With a group behind the colon the container's processes are in that group alone. What the further group was for, a
      device, a socket or a folder, is refused, and \`id app\` in the container, which reads the table, shows it all the same.`,
    bad: source`
      FROM debian:trixie-slim
      RUN useradd --system --groups video,render app
      USER app:app
           ^^^^^^^ group-memberships-lost: With :app this runs in no other group, and not in video and render, which app was put into.`,
    good: source`
      FROM debian:trixie-slim
      RUN useradd --system --groups video,render app
      USER app`,
  },
  onlyWith: { instructions: ["USER"] },

  check(stage, report) {
    const { user } = stage.result;
    const { name = "", group, instruction } = user.known ? user.value : {};
    const word = instruction?.words[0];
    if (!word || group === undefined || !stage.instructions.includes(instruction)) return;
    // What a number is called is not known here, but of one.
    const own = group === "0" ? "root" : group;
    if (/^\d+$/.test(own) || /^(?:\d+|root)$/.test(name)) return;
    const lost = [...stagesDownFrom(stage)]
      .flatMap((it) => membershipsIn(it))
      .filter((it) => it.user === name && it.group !== own && !OF_SUDO.has(it.group));
    if (lost.length === 0) return;
    const groups = [...new Set(lost.map((it) => it.group))];
    const isWritten = word.raw === `${name}:${group}`;
    report(
      word.span,
      `With :${group} this runs in no other group, and not in ${listed(groups)}, which ${name} was put into.`,
      {
        related: lost.map((it) => ({ message: `${name} is put into ${it.group} here.`, span: it.span })),
        fixes: isWritten
          ? [
              {
                kind: "unsafe",
                title: "Leave the group out",
                edits: [remove({ start: word.span.start + name.length, end: word.span.end })],
              },
            ]
          : [],
      },
    );
  },
});

/** sudo reads the table of groups itself. */
const OF_SUDO: ReadonlySet<string> = new Set(["sudo", "wheel", "admin"]);
