-- Dependencies: 04_orders.sql

CREATE VIEW order_totals AS
SELECT
  orders.id AS order_id,
  orders.customer_id,
  orders.status,
  coalesce(sum(order_lines.quantity * order_lines.price_cents), 0) AS total_cents
FROM orders
LEFT JOIN order_lines ON order_lines.order_id = orders.id
GROUP BY orders.id;
