-- A customer sees only their own orders. The application says who is asking: SET shop.customer_id = '42'.
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_lines ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_orders ON orders
  USING (customer_id = nullif(current_setting('shop.customer_id', true), '')::bigint);

CREATE POLICY own_order_lines ON order_lines
  USING (EXISTS (
    SELECT FROM orders
    WHERE orders.id = order_lines.order_id
      AND orders.customer_id = nullif(current_setting('shop.customer_id', true), '')::bigint
  ));
