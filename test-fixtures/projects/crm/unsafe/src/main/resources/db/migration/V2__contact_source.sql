-- Where a contact came from: the fair, the website, a colleague.
ALTER TABLE crm.tb_contact ADD COLUMN source varchar(30) NOT NULL;
