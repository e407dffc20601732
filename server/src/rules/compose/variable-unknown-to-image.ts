import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { source } from "../../text/source.ts";
import { databaseSettingsOf, settingOf } from "../knowledge/compose/database-settings.ts";
import { misnamedVariables } from "../knowledge/compose/image-variables.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const variableUnknownToImage = composeRule({
  id: "variable-unknown-to-image",
  title: "Variable that the image does not read",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a variable whose name is a slip or a habit from elsewhere, such as \`POSTGRES_DATABASE\`, \`RABBITMQ_USER\` or
      \`MINIO_PASSWORD\`, given to an official image of PostgreSQL, MySQL, MariaDB, MongoDB, RabbitMQ, MinIO, SQL Server, WordPress,
      pgAdmin, Grafana, ClickHouse, InfluxDB, Kafka or Keycloak that reads another name, which is not set; and \`REDIS_PASSWORD\` given
      to \`redis\`, which reads none. Nothing is said where the service uses the name itself, where scripts or configuration are
      mounted that may ask for it, or where several services share it.`,
    why: source`
      The image passes over what it does not know: there is no such database, the login is the default one that everybody knows,
      or there is none at all. Clients are then refused with an error that speaks of something else.`,
    bad: source`
      services:
        mq:
          image: rabbitmq:4-management
          environment:
            RABBITMQ_USER: shop
            ^^^^^^^^^^^^^ variable-unknown-to-image: The image of RabbitMQ knows no RABBITMQ_USER; did you mean RABBITMQ_DEFAULT_USER?
            RABBITMQ_DEFAULT_PASS: \${MQ_PASSWORD}`,
    good: source`
      services:
        mq:
          image: rabbitmq:4-management
          environment:
            RABBITMQ_DEFAULT_USER: shop
            RABBITMQ_DEFAULT_PASS: \${MQ_PASSWORD}`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const asksForPassword = / --?(?:requirepass|aclfile|user) |\.conf(?: |$)/.test(
        `${service.command?.words?.join(" ") ?? ""} `,
      );
      for (const { entry, title, right, because } of misnamedVariables(service, project)) {
        if (right === undefined ? title === "Redis" && asksForPassword : isDemanded(right, service, project))
          continue;
        const said = because === undefined ? didYouMean(right) : `: ${because}.`;
        once(entry.name.span, `The image of ${title} knows no ${entry.name.value}${said}`, {
          related: service.image
            ? [{ message: `The image is ${service.image.value.text}.`, span: service.image.span }]
            : [],
          fixes: right === undefined ? [] : replaceName(project.file, entry.name, right, "unsafe"),
        });
      }
    }
  },
});

/** Then what is told is that the server does not start. */
function isDemanded(right: string, service: Service, project: ComposeProject): boolean {
  const required = databaseSettingsOf(service, project)?.required ?? [];
  return required.includes(right) && settingOf(service, required).is === "absent";
}
