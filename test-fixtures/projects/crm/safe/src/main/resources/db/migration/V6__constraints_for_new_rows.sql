SET LOCAL lock_timeout = '3s';

ALTER TABLE crm.tb_contact ADD CONSTRAINT uq_contact_email UNIQUE USING INDEX uq_contact_email;
ALTER TABLE crm.tb_contact
    ADD CONSTRAINT ck_contact_company CHECK (company_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT ck_contact_score_points CHECK (score_points IS NOT NULL) NOT VALID;
ALTER TABLE crm.tb_deal
    ADD CONSTRAINT fk_deal_contact FOREIGN KEY (contact_id) REFERENCES crm.tb_contact (id) NOT VALID;
