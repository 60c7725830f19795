-- Runs outside a transaction: orders can be placed while the index is built.
CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id, ordered_at DESC);
