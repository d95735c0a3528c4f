\i ../../../outside.sql
SELECT 'DROP INDEX ' || indexname FROM pg_indexes WHERE tablename = 'orders' AND indexname = 'none' \gexec
