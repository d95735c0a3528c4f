SET LOCAL lock_timeout = '3s';

ALTER TABLE crm.tb_contact
    ALTER COLUMN company_id SET NOT NULL,
    ALTER COLUMN score_points SET NOT NULL;
ALTER TABLE crm.tb_contact
    DROP CONSTRAINT ck_contact_company,
    DROP CONSTRAINT ck_contact_score_points;
