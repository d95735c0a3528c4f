-- Links in e-mails carry the token, so that nobody can guess a neighbour's order.
ALTER TABLE orders ADD COLUMN public_token uuid DEFAULT gen_random_uuid();
ALTER TABLE orders ADD COLUMN currency text;

CREATE TABLE order_link_visits (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_token uuid NOT NULL,
    visited_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX order_link_visits_token_idx ON order_link_visits (public_token);
