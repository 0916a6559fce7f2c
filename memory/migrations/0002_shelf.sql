-- Small JSON documents of the integrations: the household's lists and notes, and each person's own.

create table butler.documents (
  -- Null: the household's.
  user_id text references butler.users (id) on delete cascade,
  -- A column, not an expression in the index: under row security the planner may not look into an
  -- index by a function that could leak what it is given.
  owner text not null generated always as (coalesce(user_id, '')) stored,
  -- The integration it belongs to.
  space text not null check (length(space) between 1 and 64),
  key text not null check (length(key) between 1 and 200),
  value jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (owner, space, key)
);

-- A person's transaction has their own rows and the household's; one in nobody's name has none.
alter table butler.documents enable row level security;
create policy own_and_household on butler.documents
  using (
    nullif(current_setting('butler.user_id', true), '') is not null
    and (user_id is null or user_id = current_setting('butler.user_id', true))
  )
  with check (
    nullif(current_setting('butler.user_id', true), '') is not null
    and (user_id is null or user_id = current_setting('butler.user_id', true))
  );
create index documents_user on butler.documents (user_id) where user_id is not null;
grant select, insert, update, delete on butler.documents to butler_app;
