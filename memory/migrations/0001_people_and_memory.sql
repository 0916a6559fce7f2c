-- Who lives here, what Butler knows of them, what was said, and their accounts elsewhere.

-- The four tables keep the names that earlier systems used. Everything lies in schema butler; the
-- database may be shared with another program (Immich), whose schemas are never touched.

create table butler.users (
  id text primary key check (length(id) between 1 and 100),
  name text not null check (length(name) between 1 and 80),
  username text unique,
  role text not null check (role in ('owner', 'adult', 'child', 'guest')),
  password_hash text,
  language text,
  wake_word text check (length(wake_word) between 1 and 60),
  start_mode text not null default 'push_to_talk'
    check (start_mode in ('push_to_talk', 'wake_word', 'app_open')),
  tts_voice text check (length(tts_voice) between 1 and 60),
  -- Null: what their role may.
  permissions text[],
  soul jsonb not null default '{}',
  devices jsonb not null default '[]',
  notifications jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Every change of a person's facts takes the next number: an index in some process sees what it
-- has missed, and a count of deletions tells it that something was forgotten.
create sequence butler.revisions;
create table butler.memory_marks (
  user_id text primary key references butler.users (id) on delete cascade,
  fact_revision bigint not null default 0,
  facts_deleted bigint not null default 0,
  history_deleted bigint not null default 0
);

create table butler.user_facts (
  id bigint generated always as identity primary key,
  user_id text not null references butler.users (id) on delete cascade,
  category text not null check (category in ('preference', 'routine', 'personal', 'media')),
  -- A name for what there is one of, such as coffee.milk: a newer fact replaces the older.
  slot text check (slot ~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' and length(slot) <= 80),
  fact text not null check (length(fact) between 1 and 500),
  -- A column, not an expression in the index: under row security the planner may not look into an
  -- index by a function that could leak what it is given.
  digest text not null generated always as (md5(lower(fact))) stored,
  source text not null check (source in ('explicit', 'inferred')),
  confidence real not null check (confidence between 0 and 1),
  uses integer not null default 0,
  corrected integer not null default 0,
  embedding vector,
  embedding_model text,
  -- True in the world.
  valid_from timestamptz not null default now(),
  valid_to timestamptz,
  -- Believed by Butler.
  recorded_at timestamptz not null default now(),
  retired_at timestamptz,
  superseded_by bigint references butler.user_facts (id) on delete set null,
  -- {turn, quote, door}: the words it was learned from.
  origin jsonb not null default '{}',
  -- It came up in a turn that had read words from outside.
  tainted boolean not null default false,
  last_referenced timestamptz not null default now(),
  revision bigint not null default nextval('butler.revisions'),
  check ((embedding is null) = (embedding_model is null))
);
create unique index user_facts_slot on butler.user_facts (user_id, slot)
  where slot is not null and retired_at is null and valid_to is null;
create unique index user_facts_text on butler.user_facts (user_id, digest)
  where retired_at is null and valid_to is null;
create index user_facts_slots on butler.user_facts (user_id, slot) where slot is not null;
create index user_facts_revision on butler.user_facts (user_id, revision);

create table butler.conversation_history (
  id bigint generated always as identity primary key,
  user_id text not null references butler.users (id) on delete cascade,
  -- All messages of one utterance and its answer share it.
  turn uuid not null,
  door text not null,
  role text not null check (role in ('user', 'assistant')),
  content text not null check (length(content) between 1 and 20000),
  -- False: the answer was cut short; content is what had been heard.
  heard boolean not null default true,
  -- This turn had read words from outside.
  tainted boolean not null default false,
  at timestamptz not null default now(),
  embedding vector,
  embedding_model text,
  check ((embedding is null) = (embedding_model is null))
);
create index conversation_history_recent on butler.conversation_history (user_id, at desc, id desc);
create index conversation_history_age on butler.conversation_history (at);

create table butler.service_credentials (
  id bigint generated always as identity primary key,
  user_id text not null references butler.users (id) on delete cascade,
  service text not null,
  username text not null,
  password_encrypted text,
  external_id text,
  status text not null default 'active' check (status in ('active', 'failed', 'decrypt_error')),
  error_message text,
  created_at timestamptz not null default now(),
  unique (user_id, service)
);

create function butler.note_fact_change() returns trigger language plpgsql as $$
declare
  person text := coalesce(new.user_id, old.user_id);
  deleted bigint := case when tg_op = 'DELETE' then 1 else 0 end;
  next_revision bigint;
begin
  insert into butler.memory_marks as marks (user_id, fact_revision, facts_deleted)
    -- The person themselves is being deleted with all that is theirs.
    select person, nextval('butler.revisions'), deleted
    where exists (select from butler.users where id = person)
    -- Numbered under the lock of this row, so that a later number is never committed first.
    on conflict (user_id) do update set
      fact_revision = nextval('butler.revisions'),
      facts_deleted = marks.facts_deleted + deleted
    returning fact_revision into next_revision;
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.revision := coalesce(next_revision, new.revision);
  return new;
end
$$;
create trigger note_fact_change before insert or update or delete on butler.user_facts
  for each row execute function butler.note_fact_change();

create function butler.note_history_deleted() returns trigger language plpgsql as $$
begin
  insert into butler.memory_marks as marks (user_id, history_deleted)
    select old.user_id, 1 where exists (select from butler.users where id = old.user_id)
    on conflict (user_id) do update set history_deleted = marks.history_deleted + 1;
  return old;
end
$$;
create trigger note_history_deleted before delete on butler.conversation_history
  for each row execute function butler.note_history_deleted();

-- A person's rows are seen and written only in that person's name (set_config butler.user_id).
-- Row security binds the role butler_app, which every query in a person's name takes on.
alter table butler.users enable row level security;
alter table butler.user_facts enable row level security;
alter table butler.conversation_history enable row level security;
alter table butler.service_credentials enable row level security;
alter table butler.memory_marks enable row level security;
create policy own on butler.users using (id = nullif(current_setting('butler.user_id', true), ''))
  with check (id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.user_facts
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.conversation_history
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.service_credentials
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.memory_marks
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
grant usage on schema butler to butler_app;
grant select, insert, update, delete on butler.user_facts, butler.conversation_history,
  butler.service_credentials, butler.memory_marks to butler_app;
grant select, update on butler.users to butler_app;
grant usage on all sequences in schema butler to butler_app;
