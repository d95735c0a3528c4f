-- The interface has called them comments for years.
ALTER TABLE crm.tb_note RENAME TO tb_comment;

CREATE TABLE crm.tb_comment_reaction (
    id bigint GENERATED ALWAYS AS IDENTITY,
    comment_id bigint NOT NULL,
    emoji varchar(8) NOT NULL,
    CONSTRAINT pk_comment_reaction PRIMARY KEY (id)
);
CREATE INDEX ix_comment_reaction_comment ON crm.tb_comment_reaction (comment_id);
