INSERT INTO products (sku, name, description, price_cents) VALUES
  ('MUG-01', 'Mug', 'Holds 0.4 l; don''t put it on a stove', 1290),
  ('TEA-07', 'Tee «Erster Flush»', 'Darjeeling, 100 g', 1850),
  ('TEA-09', '煎茶', 'Sencha, 100 g', 1690),
  ('POT-02', 'Teapot', E'Cast iron\n1.2 l', 6400);

INSERT INTO customers (email, name) VALUES
  ('ada@example.com', 'Ada Byron'),
  ('grace@example.com', 'Grace Murray');
