-- Orders from number 3,001 on have got their token from the default.
UPDATE orders SET public_token = gen_random_uuid() WHERE id BETWEEN 1 AND 1000 AND public_token IS NULL;
UPDATE orders SET public_token = gen_random_uuid() WHERE id BETWEEN 1001 AND 2000 AND public_token IS NULL;
UPDATE orders SET public_token = gen_random_uuid() WHERE id BETWEEN 2001 AND 3000 AND public_token IS NULL;
