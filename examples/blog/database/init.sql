CREATE TABLE posts (
    id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL
);

CREATE TABLE comments (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post integer NOT NULL REFERENCES posts (id),
    text text NOT NULL
);

INSERT INTO posts (title) VALUES ('The load line'), ('Ballast');
INSERT INTO comments (post, text) VALUES (1, 'Every ship has one.');
