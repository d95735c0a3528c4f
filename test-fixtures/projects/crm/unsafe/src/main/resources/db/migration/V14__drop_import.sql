DROP TABLE crm.tb_import_2019;
