-- @depends-on: 04_orders.sql

CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $touch$
BEGIN
  -- A semicolon in a dollar-quoted body; is not the end of the statement.
  IF NEW IS DISTINCT FROM OLD THEN
    NEW.updated_at := now();
  END IF;
  RETURN NEW;
END;
$touch$;

CREATE TRIGGER products_touch BEFORE UPDATE ON products
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TRIGGER orders_touch BEFORE UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
