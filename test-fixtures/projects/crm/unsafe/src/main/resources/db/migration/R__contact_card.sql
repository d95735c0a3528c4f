-- Read by the sales dashboard.
CREATE OR REPLACE VIEW crm.vw_contact_card AS
SELECT
    c.id,
    c.name,
    c.email,
    c.stage,
    c.score AS score,
    (SELECT p.number FROM crm.tb_phone p WHERE p.contact_id = c.id AND p.kind = 'mobile') AS mobile,
    (SELECT count(*) FROM crm.tb_comment n WHERE n.contact_id = c.id) AS comments
FROM crm.tb_contact c;
