import { test } from "vitest";
import { passwordInScript as rule } from "../../../../server/src/rules/dockerfile/password-in-script.ts";
import { reports } from "../../../support/check.ts";

test("passwords that are written down", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ARG PASSWORD=x
    RUN echo 'root:hunter2' | chpasswd
             ^^^^^^^^^^^^^^ password-in-script: This password stays readable in the history of the image.
    RUN useradd app && echo -n "app:$PASSWORD" | /usr/sbin/chpasswd
                               ^^^^^^^^^^^^^^^ password-in-script
    RUN chpasswd <<< "app:hunter2"
                     ^^^^^^^^^^^^^ password-in-script
    RUN printf 'hunter2' | passwd --stdin root
               ^^^^^^^^^ password-in-script
    RUN echo "hunter2\nhunter2" | passwd app
             ^^^^^^^^^^^^^^^^^^ password-in-script
    RUN useradd -m -p hunter2 app && usermod --password="$PASSWORD" app
                      ^^^^^^^ password-in-script
                                             ^^^^^^^^^^^^^^^^^^^^^^ password-in-script
    RUN useradd -p "$(openssl passwd -1 hunter2)" app
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-script
  `;
});

test("not from a secret mount or a variable of the shell, no hash, and no account that is locked", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN --mount=type=secret,id=pw,env=PASSWORD echo "root:$PASSWORD" | chpasswd
    RUN --mount=type=secret,id=pw chpasswd < /run/secrets/pw
    RUN PASSWORD=$(head -c 16 /dev/urandom | base64); echo "root:$PASSWORD" | chpasswd
    RUN echo 'root:$6$x$y' | chpasswd -e
    RUN useradd -p '!' a && useradd -p '*' b && usermod -p '$6$x$y' c && useradd -m d
    RUN passwd -l root && passwd -d app
    RUN mkdir -p /etc/x && echo 'a:b' > /etc/passwd.txt
  `;
});

test("a word that locks the account is no password", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN useradd -p locked -m coreboot && useradd -p x a && useradd --password disabled b
    RUN useradd -p lockedout c
                   ^^^^^^^^^ password-in-script
  `;
});

test("behind sudo, and in a here-document", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN echo root:toor | sudo chpasswd
             ^^^^^^^^^ password-in-script
    RUN sudo -E useradd -m -p hunter2 app && sudo apt-get update
                              ^^^^^^^ password-in-script
    RUN chpasswd <<EOF
    root:toor
         ^^^^ password-in-script
    EOF
    RUN chpasswd -e <<EOF
    root:toor
    EOF
    RUN chpasswd <<EOF
    root:$PASSWORD
    EOF
    RUN cat <<EOF > /etc/users
    root:toor
    EOF
  `;
});
