SET LOCAL lock_timeout = '3s';

-- lockstep:deployed every release since 6.8 works on either name; the view below answers to the old one meanwhile
ALTER TABLE crm.tb_note RENAME TO tb_comment;
CREATE VIEW crm.tb_note AS SELECT id, contact_id, body FROM crm.tb_comment;

CREATE TABLE crm.tb_comment_reaction (
    id bigint GENERATED ALWAYS AS IDENTITY,
    comment_id bigint NOT NULL,
    emoji varchar(8) NOT NULL,
    CONSTRAINT pk_comment_reaction PRIMARY KEY (id)
);
CREATE INDEX ix_comment_reaction_comment ON crm.tb_comment_reaction (comment_id);
