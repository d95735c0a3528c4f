-- shop
SELECT * FROM alone
