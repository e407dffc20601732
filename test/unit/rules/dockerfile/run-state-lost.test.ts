import { test } from "vitest";
import { runStateLost as rule } from "../../../../server/src/rules/dockerfile/run-state-lost.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a RUN of nothing that outlives it", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN cd /opt
        ^^^^^^^ run-state-lost: The directory ends with this RUN: it changes nothing for what follows.
    RUN export A=1 B=2
        ^^^^^^^^^^^^^^ run-state-lost: The variable ends with this RUN: it changes nothing for what follows.
    RUN A=1
        ^^^ run-state-lost
    RUN . /venv/bin/activate
        ^^^^^^^^^^^^^^^^^^^^ run-state-lost
    RUN alias ll='ls -l'
        ^^^^^^^^^^^^^^^^ run-state-lost: The alias ends with this RUN: it changes nothing for what follows.
    RUN set -ex
        ^^^^^^^ run-state-lost: The shell's setting ends with this RUN: it changes nothing for what follows.
    RUN service postgresql start
        ^^^^^^^^^^^^^^^^^^^^^^^^ run-state-lost: The service ends with this RUN: it changes nothing for what follows.
    RUN cd /opt && export A=1
        ^^^^^^^^^^^^^^^^^^^^^ run-state-lost
    ONBUILD RUN cd /opt
                ^^^^^^^ run-state-lost
    RUN ["service", "nginx", "start"]
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ run-state-lost
  `;
});

test("not where something is done with it, or a command runs on the way", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN cd /opt && make
    RUN export A=1; ./configure
    RUN . /venv/bin/activate && pip install flask
    RUN service postgresql start && psql -f /init.sql
    RUN . ./install.sh
    RUN A=$(./configure)
    RUN export -p > /env
    RUN set
    RUN service nginx status
    RUN env A=1
    RUN f() { cd /opt; }
    CMD cd /opt
  `;
});

test("WORKDIR and ENV say it", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    WORKDIR /srv
    RUN cd app
    RUN export PATH=$PATH:/opt/bin MODE="a b"
    RUN A=1 B='x'
    ->
    FROM debian:trixie-slim
    WORKDIR /srv
    WORKDIR /srv/app
    ENV PATH=$PATH:/opt/bin MODE="a b"
    ENV A=1 B='x'
  `;
});

test("nothing to offer where they would not say the same", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN cd ~
    RUN cd "$HOME"
    RUN export A=$B
    RUN export A=~/x
    RUN export A
    RUN export A=\$x
    RUN service nginx start
    RUN . /venv/bin/activate
    ONBUILD RUN cd /opt
    RUN cd /opt \
      # and
      && cd /srv
  `;
});

test("what runs in the background", () => {
  reports(rule)`
    FROM mysql:9
    RUN mysqld_safe --skip-networking &
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ run-state-lost: What runs in the background ends with this RUN: it changes nothing for what follows.
    RUN mysqld > /dev/null 2>&1 &
        ^^^^^^^^^^^^^^^^^^^^^^^ run-state-lost
    RUN mysqld & sleep 5; mysql -e "CREATE DATABASE shop"
    RUN ./generate > /out.txt &
    RUN ./one & ./two & wait
  `;
});

test("what another shell is handed, where that is all of the RUN", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN bash -c "source ~/.bashrc"
                 ^^^^^^^^^^^^^^^^ run-state-lost: The variable ends with this RUN: it changes nothing for what follows.
    RUN ["/bin/bash", "-lc", "source /opt/ros/humble/setup.bash"]
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ run-state-lost
    RUN sh -c 'cd /srv; export A=b'
               ^^^^^^^^^^^^^^^^^^^ run-state-lost: The directory ends with this RUN: it changes nothing for what follows.
    RUN bash -c "source ~/.bashrc && make"
    RUN bash -c "source ~/.bashrc" > /log
    RUN bash -c "$(curl -fsSL https://example.com/install.sh)"
    RUN bash -c "echo \"a\"" && bash -c "cd /srv"
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN bash -c "cd /srv"
  `;
});

test("nohup keeps nothing alive, wherever its output goes", () => {
  reports(rule)`
    FROM node:24-slim
    RUN nohup node server.js > /dev/null 2>&1 &
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ run-state-lost: What runs in the background ends with this RUN: it changes nothing for what follows.
    RUN nohup node server.js & sleep 5; curl localhost:3000
  `;
});
