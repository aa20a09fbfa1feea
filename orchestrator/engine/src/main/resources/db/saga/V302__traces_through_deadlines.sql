-- Of the message that began the saga, for the commands that a deadline leads to: they belong to its trace.
alter table saga add column traceparent text;
