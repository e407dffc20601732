import { test } from "vitest";
import { emptyPassword as rule } from "../../../../server/src/rules/dockerfile/empty-password.ts";
import { reports } from "../../../support/check.ts";

test("deleted or given empty", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN useradd app && passwd --delete app
                       ^^^^^^^^^^^^^^^^^^^ empty-password: After this app has no password: su and logins ask for none.
    RUN usermod -p '' app; useradd --password "" -m bob
        ^^^^^^^^^^^^^^^^^ empty-password
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ empty-password
  `;
});

test("not where it is locked or set behind it, nor where it is not known for whom", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN passwd -d root && passwd -l root
    RUN passwd -d app && usermod -L app
    RUN passwd -d app && cat /run/secrets/p | chpasswd
    RUN passwd -d $NAME
    RUN usermod -p '*' app && useradd -p "$HASH" bob && useradd carl && passwd -S app
  `;
});
