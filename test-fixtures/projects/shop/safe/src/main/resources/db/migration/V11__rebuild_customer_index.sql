-- Bloated to four times its size after the import in spring.
REINDEX INDEX CONCURRENTLY orders_customer_id_idx;
