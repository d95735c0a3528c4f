CREATE TABLE gift_papers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL
);

ALTER TABLE order_lines ADD COLUMN gift_wrapped boolean NOT NULL;
