INSERT INTO crm.tb_company (name)
SELECT 'Company ' || n FROM generate_series(1, 50) n;

INSERT INTO crm.tb_contact (company_id, name, email, phone, mobile, score)
SELECT
    n % 50 + 1,
    'Contact ' || n,
    'contact' || n || '@example.com',
    CASE WHEN n % 3 = 0 THEN '+32 9 ' || n END,
    CASE WHEN n % 2 = 0 THEN '+32 470 ' || n END,
    n % 100
FROM generate_series(1, 1800) n;

INSERT INTO crm.tb_deal (contact_id, title, amount)
SELECT n % 1800 + 1, 'Deal ' || n, n * 10 FROM generate_series(1, 900) n;

INSERT INTO crm.tb_activity (contact_id, kind)
SELECT n % 1800 + 1, (ARRAY['call', 'visit', 'mail'])[n % 3 + 1] FROM generate_series(1, 2000) n;

INSERT INTO crm.tb_note (contact_id, body)
SELECT n % 1800 + 1, 'Asked for a quote, number ' || n FROM generate_series(1, 1200) n;

INSERT INTO crm.tb_import_2019 (line, content)
SELECT n, 'row ' || n FROM generate_series(1, 100) n;
