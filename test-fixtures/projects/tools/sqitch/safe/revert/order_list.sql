DROP VIEW order_list;
\ir ../deploy/order_list@v1.0.sql
