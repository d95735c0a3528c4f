\set status_check orders_status_known
\ir parts/known_status.psql
