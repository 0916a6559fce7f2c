-- How a person's doors behave: whether they go on listening after an answer that asks something.
alter table butler.users add column follow_up boolean not null default true;
