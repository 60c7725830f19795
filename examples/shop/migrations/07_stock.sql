-- Written for a runner that left transactions to the files: one outer pair, and it stays one transaction.
BEGIN;

CREATE TABLE stock (
  product_id bigint PRIMARY KEY REFERENCES products (id),
  quantity integer NOT NULL CHECK (quantity >= 0)
);

INSERT INTO stock (product_id, quantity)
SELECT id, 25 FROM products;

COMMIT;
