alter table orders add column invoice_id uuid;
