UPDATE crm.tb_contact SET stage = CASE WHEN score > 50 THEN 'customer' ELSE 'lead' END;
