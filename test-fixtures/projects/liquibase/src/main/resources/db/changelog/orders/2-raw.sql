-- Not a formatted changelog: one changeset, raw::includeAll.
INSERT INTO log (line) VALUES ('raw');
INSERT INTO log (line) VALUES ('2-raw.sql comes after 10-later.sql');
