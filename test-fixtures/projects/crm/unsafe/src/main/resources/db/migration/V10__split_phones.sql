-- Any number of phones for a contact, not two.
CREATE TABLE crm.tb_phone (
    contact_id bigint NOT NULL,
    kind varchar(10) NOT NULL,
    number varchar(40) NOT NULL,
    CONSTRAINT pk_phone PRIMARY KEY (contact_id, kind)
);
CREATE INDEX ix_phone_number ON crm.tb_phone (number);

INSERT INTO crm.tb_phone (contact_id, kind, number)
SELECT id, 'office', phone FROM crm.tb_contact WHERE phone IS NOT NULL
UNION ALL
SELECT id, 'mobile', mobile FROM crm.tb_contact WHERE mobile IS NOT NULL;

ALTER TABLE crm.tb_contact DROP COLUMN phone, DROP COLUMN mobile;
