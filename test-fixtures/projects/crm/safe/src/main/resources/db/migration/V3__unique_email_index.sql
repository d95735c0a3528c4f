CREATE UNIQUE INDEX CONCURRENTLY uq_contact_email ON crm.tb_contact (email);
