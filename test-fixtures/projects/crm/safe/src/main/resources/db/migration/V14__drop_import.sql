SET LOCAL lock_timeout = '3s';

-- lockstep:deployed nothing has read the 2019 import since the auditors signed it off
DROP TABLE crm.tb_import_2019;
