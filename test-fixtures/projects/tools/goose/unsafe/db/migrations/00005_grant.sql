-- +goose Up
-- +goose ENVSUB ON
CREATE TABLE ${AUDIT_TABLE} (id bigint);
CREATE TABLE $AUDIT_TABLE_old (id bigint);

-- +goose Down
DROP TABLE ${AUDIT_TABLE};
