-- A value of an enum can be used only once the transaction that adds it is over: nothing else stands here.
ALTER TYPE order_status ADD VALUE 'refunded' AFTER 'shipped';
