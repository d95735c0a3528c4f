VACUUM (ANALYZE) crm.tb_activity;
