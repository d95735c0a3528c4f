-- Until now every order was in euro.
UPDATE orders SET currency = 'EUR';
