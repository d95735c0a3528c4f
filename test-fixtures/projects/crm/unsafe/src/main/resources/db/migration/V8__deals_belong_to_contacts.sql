ALTER TABLE crm.tb_deal
    ADD CONSTRAINT fk_deal_contact FOREIGN KEY (contact_id) REFERENCES crm.tb_contact (id);
