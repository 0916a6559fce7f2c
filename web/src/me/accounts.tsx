/** One's accounts on the services of the house: how they are, and what can be done about it. */
import { useEffect, useState } from 'react';
import { useAnswer } from '../app/questions.ts';
import { Page } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { accountsWords as words } from '../words/accounts.ts';
import { AccountCard } from './accounts/account-card.tsx';
import { MakeAccounts } from './accounts/make-accounts.tsx';

/** While Butler is at one of them. */
const askedEveryMs = 1_500;

export default function Accounts() {
  const [isWorking, setWorking] = useState(false);
  const watching = isWorking ? { everyMs: askedEveryMs } : {};
  const accounts = useAnswer('get /api/v1/accounts', {}, watching);
  const rows = accounts.data?.accounts ?? [];
  const works = rows.some(({ working }) => working);
  useEffect(() => setWorking(works), [works]);
  const mayMake = rows.some(({ status, working }) => status === 'skipped' && !working);
  return (
    <Page title={words.title} about={words.about} actions={mayMake && <MakeAccounts />}>
      <Answered of={accounts} rows={4}>
        {({ accounts: shown }) =>
          shown.length === 0 ? (
            <Empty title={words.none}>{words.noneHint}</Empty>
          ) : (
            <ul aria-label={words.list} className="grid gap-4">
              {shown.map((account) => (
                <AccountCard key={account.service} account={account} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  );
}
