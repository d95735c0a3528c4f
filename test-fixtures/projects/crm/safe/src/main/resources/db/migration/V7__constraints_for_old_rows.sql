ALTER TABLE crm.tb_contact VALIDATE CONSTRAINT ck_contact_company;
ALTER TABLE crm.tb_contact VALIDATE CONSTRAINT ck_contact_score_points;
ALTER TABLE crm.tb_deal VALIDATE CONSTRAINT fk_deal_contact;
