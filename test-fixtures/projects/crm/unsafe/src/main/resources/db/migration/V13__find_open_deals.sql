ALTER TABLE crm.tb_deal ADD COLUMN closed_at timestamptz;
CREATE INDEX CONCURRENTLY ix_deal_open ON crm.tb_deal (contact_id) WHERE closed_at IS NULL;
