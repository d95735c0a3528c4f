SET LOCAL lock_timeout = '3s';

ALTER TABLE crm.tb_contact ADD COLUMN source varchar(30) NOT NULL DEFAULT 'unknown';
ALTER TABLE crm.tb_contact ADD COLUMN stage varchar(20);
ALTER TABLE crm.tb_contact ADD COLUMN score_points integer;
ALTER TABLE crm.tb_deal ADD COLUMN closed_at timestamptz;
COMMENT ON COLUMN crm.tb_contact.stage IS 'lead, prospect or customer';

-- Any number of phones for a contact, not two.
CREATE TABLE crm.tb_phone (
    contact_id bigint NOT NULL,
    kind varchar(10) NOT NULL,
    number varchar(40) NOT NULL,
    CONSTRAINT pk_phone PRIMARY KEY (contact_id, kind),
    CONSTRAINT fk_phone_contact FOREIGN KEY (contact_id) REFERENCES crm.tb_contact (id)
);
CREATE INDEX ix_phone_number ON crm.tb_phone (number);

-- Until release 7.1 runs everywhere, old and new code write side by side.
CREATE FUNCTION crm.fn_contact_sync_score() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.score_points := coalesce(NEW.score_points, NEW.score);
    ELSIF NEW.score IS DISTINCT FROM OLD.score THEN
        NEW.score_points := NEW.score;
    END IF;
    NEW.score := least(NEW.score_points, 32767);
    RETURN NEW;
END
$$;
CREATE TRIGGER tr_contact_sync_score BEFORE INSERT OR UPDATE OF score, score_points ON crm.tb_contact
    FOR EACH ROW EXECUTE FUNCTION crm.fn_contact_sync_score();

CREATE FUNCTION crm.fn_contact_sync_phones() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM crm.tb_phone WHERE contact_id = NEW.id AND kind IN ('office', 'mobile');
    INSERT INTO crm.tb_phone (contact_id, kind, number)
    SELECT NEW.id, entry.kind, entry.number
    FROM (VALUES ('office', NEW.phone), ('mobile', NEW.mobile)) AS entry (kind, number)
    WHERE entry.number IS NOT NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER tr_contact_sync_phones AFTER INSERT OR UPDATE OF phone, mobile ON crm.tb_contact
    FOR EACH ROW EXECUTE FUNCTION crm.fn_contact_sync_phones();
