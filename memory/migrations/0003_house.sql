-- The house: devices, invitations, passkeys, the audit log, what Butler did and why, money, notices.

-- A place from which somebody comes in; its token counts while it is approved and of its number.
create table butler.devices (
  id text primary key check (length(id) between 1 and 100),
  user_id text not null references butler.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 80),
  type text not null default 'other' check (
    type in ('phone', 'tablet', 'computer', 'speaker', 'display', 'program', 'other')),
  location text check (length(location) between 1 and 80),
  capabilities text[] not null default '{}',
  -- Every rotation of the token takes the next number; the one before counts a moment longer.
  generation integer not null default 1 check (generation >= 1),
  former_until timestamptz,
  -- How it came in: setup, password, passkey, invitation, or the id of the device that let it in.
  approved_by text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index devices_user on butler.devices (user_id);

-- A device that asks to come in, until another one answers for it.
create table butler.device_requests (
  id text primary key,
  -- Whose it is to be; null: whoever lets it in says so.
  user_id text references butler.users (id) on delete cascade,
  secret_hash text not null,
  -- Shown on both screens, so that a person sees which request is theirs.
  code text not null,
  name text not null check (length(name) between 1 and 80),
  type text not null,
  location text,
  capabilities text[] not null default '{}',
  state text not null default 'pending' check (state in ('pending', 'approved', 'refused')),
  -- The device that answered; approved, it waits for the new one to fetch its token.
  decided_by text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create table butler.invitations (
  id text primary key,
  token_hash text not null unique,
  name text not null check (length(name) between 1 and 80),
  role text not null check (role in ('owner', 'adult', 'child', 'guest')),
  permissions text[],
  -- Somebody who is here already and gets a new password; null: a new person.
  for_user text references butler.users (id) on delete cascade,
  created_by text references butler.users (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by text references butler.users (id) on delete cascade,
  withdrawn_at timestamptz
);

create table butler.passkeys (
  -- The credential's id as the authenticator names it, base64url.
  id text primary key,
  user_id text not null references butler.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 80),
  -- The host name it was made under, and the only one it works under (WebAuthn's RP ID).
  host text not null,
  -- COSE key, base64url.
  public_key text not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  backed_up boolean not null default false,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkeys_user on butler.passkeys (user_id);

-- Accounts elsewhere: how often it was tried, which key a password was encrypted with.
alter table butler.service_credentials
  add column key_id text,
  add column attempts integer not null default 0,
  -- What the service was asked and did not answer: to make the account, to take a new password.
  add column pending text check (pending in ('create', 'password')),
  -- Somebody is at it until then: two at once would make two accounts.
  add column busy_until timestamptz,
  -- Switched off over there, as the person lost the permission.
  add column disabled_at timestamptz,
  add column updated_at timestamptz not null default now();

-- People in the audit log stand under an alias; it is deleted with them, and with it the link.
create table butler.audit_aliases (
  user_id text primary key references butler.users (id) on delete cascade,
  alias text not null unique
);

-- Every access and change, each line bound to the one before; nothing here is ever changed.
create table butler.audit (
  number bigint primary key check (number >= 1),
  at timestamptz not null,
  -- An alias, or the part of Butler that acted.
  actor text not null,
  device text,
  what text not null,
  -- Whom or what it was done to: an alias, or the id of a thing.
  target text,
  -- done, refused or failed.
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  detail jsonb not null default '{}',
  previous text not null,
  hash text not null unique
);
create index audit_at on butler.audit (at);
create function butler.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is only ever added to.';
end
$$;
create trigger audit_is_append_only before update or delete or truncate on butler.audit
  for each statement execute function butler.refuse_audit_change();

-- What Butler did for somebody in a turn, and why: the words it came from, the verdict, the receipt.
create table butler.tool_calls (
  id bigint generated always as identity primary key,
  user_id text not null references butler.users (id) on delete cascade,
  turn text not null,
  at timestamptz not null default now(),
  door text not null,
  tool text not null,
  -- What led to it: the fast path, the mind, a yes, a schedule, a program.
  path text not null,
  said text,
  input jsonb not null default '{}',
  effect text not null,
  verdict text,
  reason text,
  ok boolean not null,
  verified boolean,
  say text,
  receipt jsonb,
  -- The mind had read words from outside, by this tool; then a yes to this question was needed.
  tainted boolean not null default false,
  source text,
  question text,
  -- What was said holds words from outside.
  outside boolean not null default false
);
create index tool_calls_user on butler.tool_calls (user_id, at desc, id desc);

-- Dollars by day of the household, person, door and what set the turn off.
create table butler.spending (
  day date not null,
  user_id text not null references butler.users (id) on delete cascade,
  door text not null,
  trigger text not null,
  usd double precision not null default 0 check (usd >= 0),
  turns integer not null default 0,
  unpriced integer not null default 0,
  primary key (day, user_id, door, trigger)
);

-- What is changed while Butler runs; what stands here goes before the environment.
create table butler.settings (
  key text primary key check (length(key) between 1 and 100),
  value jsonb not null,
  updated_at timestamptz not null default now()
);

-- What a person should know; read in the app, sent by whatever they allow.
create table butler.notices (
  id bigint generated always as identity primary key,
  user_id text not null references butler.users (id) on delete cascade,
  -- Of one thing there is one open notice: a newer one takes its place.
  key text not null check (length(key) between 1 and 200),
  code text not null,
  title text not null,
  detail text not null,
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz,
  settled_at timestamptz
);
create unique index notices_open on butler.notices (user_id, key) where settled_at is null;
create index notices_user on butler.notices (user_id, created_at desc, id desc);

create table butler.incidents (
  id bigint generated always as identity primary key,
  part text not null,
  -- What was wrong first, and what mends it.
  sentence text not null,
  mend text,
  failures integer not null default 3,
  opened_at timestamptz not null,
  closed_at timestamptz
);
create unique index incidents_open on butler.incidents (part) where closed_at is null;
create index incidents_at on butler.incidents (opened_at desc);

alter table butler.devices enable row level security;
alter table butler.passkeys enable row level security;
alter table butler.tool_calls enable row level security;
alter table butler.spending enable row level security;
alter table butler.notices enable row level security;
alter table butler.device_requests enable row level security;
alter table butler.invitations enable row level security;
alter table butler.audit_aliases enable row level security;
alter table butler.audit enable row level security;
alter table butler.settings enable row level security;
alter table butler.incidents enable row level security;
create policy own on butler.devices
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.passkeys
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.tool_calls
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.spending
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
create policy own on butler.notices
  using (user_id = nullif(current_setting('butler.user_id', true), ''))
  with check (user_id = nullif(current_setting('butler.user_id', true), ''));
-- Requests, invitations, the audit log, settings and incidents are the house's: no person's
-- transaction sees them.
grant select, insert, update, delete on butler.devices, butler.passkeys, butler.tool_calls,
  butler.spending, butler.notices to butler_app;
grant usage on all sequences in schema butler to butler_app;
