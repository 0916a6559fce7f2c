/** The fifth step: accounts on the services of the house, made while one looks on. */
import { useEffect, useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { sentenceOf, useAnswer, useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Badge, Row, Rows, Section, type Tone } from '../../ui/page.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { welcomeWords } from '../../words/welcome.ts';
import { StepFrame } from './step-frame.tsx';
import type { Known } from './you-step.tsx';

type Account = AnswerOf<'get /api/v1/accounts'>['accounts'][number];

const words = welcomeWords.accounts;
const lookEveryMs = 1_000;
const changes = ['get /api/v1/accounts'] as const;
const usernamePattern = '[a-zA-Z0-9][a-zA-Z0-9._\\-]{1,62}';

export function AccountsStep({ known }: { known: Known }) {
  const { answer, watch } = useAccounts();
  return (
    <StepFrame step="accounts" title={words.title} about={words.about}>
      <Answered of={answer} rows={4}>
        {({ accounts }) =>
          accounts.length === 0 ? (
            <Empty title={words.none} />
          ) : (
            <>
              {accounts.some(({ status, working }) => status === 'skipped' && !working) && (
                <Wanted username={known.username} begun={watch} />
              )}
              <List accounts={accounts} begun={watch} />
            </>
          )
        }
      </Answered>
    </StepFrame>
  );
}

/** Asked again every second while Butler is at one of them. */
function useAccounts() {
  const [watching, setWatching] = useState(false);
  const watched = watching ? { everyMs: lookEveryMs } : {};
  const answer = useAnswer('get /api/v1/accounts', {}, watched);
  const { data } = answer;
  useEffect(() => {
    if (data) setWatching(data.accounts.some(({ working }) => working));
  }, [data]);
  return { answer, watch: () => setWatching(true) };
}

function Wanted({ username, begun }: { username: string | null; begun(): void }) {
  const tell = useTell();
  const [name, setName] = useState(username ?? '');
  const [password, setPassword] = useState('');
  const [mistake, setMistake] = useState<string>();
  const order = useOrder('post /api/v1/onboarding', { changes });
  const make = async () => {
    setMistake(undefined);
    const services = { username: name.trim(), ...(password !== '' && { password }) };
    try {
      await order.mutateAsync({ json: { services } });
      setPassword('');
      begun();
    } catch (error) {
      const sentence = sentenceOf(error, commonWords.failed);
      setMistake(sentence);
      tell({ tone: 'alert', sentence });
    }
  };
  return (
    <Section title={words.make}>
      <TextField
        label={words.username}
        hint={words.usernameHint}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        pattern={usernamePattern}
        mistake={mistake}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <SecretField
        label={words.password}
        hint={words.passwordHint}
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div>
        <Button
          busy={order.isPending}
          disabled={name.trim() === ''}
          data-testid="make-accounts"
          onClick={() => void make()}
        >
          {words.make}
        </Button>
      </div>
    </Section>
  );
}

function List({ accounts, begun }: { accounts: readonly Account[]; begun(): void }) {
  const ready = accounts.filter(({ status, working }) => status === 'active' && !working).length;
  return (
    <Section title={words.list} about={words.later}>
      <p role="status" className="text-soft">
        {words.progress(ready, accounts.length)}
      </p>
      <Rows label={words.list}>
        {accounts.map((account) => (
          <AccountRow key={account.service} account={account} begun={begun} />
        ))}
      </Rows>
    </Section>
  );
}

const tones: Record<Account['status'], Tone> = {
  active: 'good',
  failed: 'bad',
  skipped: 'plain',
  decrypt_error: 'bad',
};

function AccountRow({ account, begun }: { account: Account; begun(): void }) {
  const { service, title, status, message, username, working } = account;
  const tell = useTell();
  const order = useOrder('post /api/v1/accounts/:service/retry', { changes });
  const retry = async () => {
    try {
      await order.mutateAsync({ param: { service }, json: {} });
      begun();
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
    }
  };
  const failed = status === 'failed' || status === 'decrypt_error';
  return (
    <Row>
      <div className="grid min-w-0 gap-1" data-testid={`account-${service}`}>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {title}
          <Badge tone={working ? 'wait' : tones[status]}>
            {words.states[working ? 'working' : status]}
          </Badge>
        </p>
        {status === 'active' && username !== null && (
          <p className="text-sm text-soft">{words.as(username)}</p>
        )}
        {message !== null && !working && <p className="text-sm text-soft">{message}</p>}
      </div>
      {failed && !working && (
        <Button
          busy={order.isPending}
          aria-label={words.retryOf(title)}
          onClick={() => void retry()}
        >
          {words.retry}
        </Button>
      )}
    </Row>
  );
}
