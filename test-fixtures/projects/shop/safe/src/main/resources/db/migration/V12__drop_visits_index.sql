-- Visits are only ever counted by day.
DROP INDEX CONCURRENTLY order_link_visits_token_idx;
