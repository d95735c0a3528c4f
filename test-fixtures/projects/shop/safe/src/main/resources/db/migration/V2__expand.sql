SET LOCAL lock_timeout = '3s';

-- Every column that replaces another one comes first, empty, with a trigger that keeps the pair equal while both the
-- old and the new release write.
ALTER TABLE orders ADD COLUMN currency text NOT NULL DEFAULT 'EUR';
ALTER TABLE orders ADD COLUMN public_token uuid;
ALTER TABLE orders ALTER COLUMN public_token SET DEFAULT gen_random_uuid();

ALTER TABLE customers ADD COLUMN name text;
ALTER TABLE order_lines ADD COLUMN quantity_exact numeric(12, 3);
ALTER TABLE order_lines ADD COLUMN gift_wrapped boolean NOT NULL DEFAULT false;

CREATE TABLE order_link_visits (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_token uuid NOT NULL,
    visited_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX order_link_visits_token_idx ON order_link_visits (public_token);

CREATE TABLE customer_addresses (
    customer_id bigint PRIMARY KEY REFERENCES customers,
    street text,
    postcode text,
    city text
);
CREATE INDEX customer_addresses_postcode_idx ON customer_addresses (postcode);

CREATE FUNCTION customers_sync_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.name := coalesce(NEW.name, NEW.fullname);
        NEW.fullname := coalesce(NEW.fullname, NEW.name);
    ELSIF NEW.fullname IS DISTINCT FROM OLD.fullname THEN
        NEW.name := NEW.fullname;
    ELSIF NEW.name IS DISTINCT FROM OLD.name THEN
        NEW.fullname := NEW.name;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER customers_sync_name BEFORE INSERT OR UPDATE ON customers
    FOR EACH ROW EXECUTE FUNCTION customers_sync_name();

CREATE FUNCTION customers_sync_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO customer_addresses (customer_id, street, postcode, city)
    VALUES (NEW.id, NEW.street, NEW.postcode, NEW.city)
    ON CONFLICT (customer_id) DO UPDATE
        SET street = excluded.street, postcode = excluded.postcode, city = excluded.city;
    RETURN NULL;
END
$$;
CREATE TRIGGER customers_sync_address AFTER INSERT OR UPDATE OF street, postcode, city ON customers
    FOR EACH ROW EXECUTE FUNCTION customers_sync_address();

CREATE FUNCTION order_lines_sync_quantity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.quantity_exact := coalesce(NEW.quantity_exact, NEW.quantity);
        NEW.quantity := coalesce(NEW.quantity, ceil(NEW.quantity_exact));
    ELSIF NEW.quantity IS DISTINCT FROM OLD.quantity THEN
        NEW.quantity_exact := NEW.quantity;
    ELSIF NEW.quantity_exact IS DISTINCT FROM OLD.quantity_exact THEN
        NEW.quantity := ceil(NEW.quantity_exact);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER order_lines_sync_quantity BEFORE INSERT OR UPDATE ON order_lines
    FOR EACH ROW EXECUTE FUNCTION order_lines_sync_quantity();
