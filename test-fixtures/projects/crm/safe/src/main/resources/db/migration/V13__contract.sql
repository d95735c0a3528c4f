SET LOCAL lock_timeout = '3s';

DROP TRIGGER tr_contact_sync_score ON crm.tb_contact;
DROP FUNCTION crm.fn_contact_sync_score();
DROP TRIGGER tr_contact_sync_phones ON crm.tb_contact;
DROP FUNCTION crm.fn_contact_sync_phones();
-- lockstep:deployed release 7.1 reads phones from tb_phone and scores from score_points
ALTER TABLE crm.tb_contact DROP COLUMN phone, DROP COLUMN mobile, DROP COLUMN score;
-- lockstep:deployed no query in release 7.2 names tb_note any more, checked in pg_stat_statements over two weeks
DROP VIEW crm.tb_note;
