ALTER TABLE products ADD COLUMN search tsvector
  GENERATED ALWAYS AS (to_tsvector('simple', name || ' ' || description)) STORED;

CREATE INDEX products_search_idx ON products USING gin (search);
