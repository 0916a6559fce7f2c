/** One's own password: changed with the current one as proof. */
import { type SubmitEvent, useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { profileWords as words } from '../../words/profile.ts';

const passwordMin = 8;

export function Password() {
  const { user } = useSession();
  const tell = useTell();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [everywhere, setEverywhere] = useState(false);
  const [mistake, setMistake] = useState<string>();
  const order = useOrder('put /api/v1/me/password', { changes: ['get /api/v1/devices'] });
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setMistake(undefined);
    try {
      await order.mutateAsync({ json: { current, password, everywhere } });
      setCurrent('');
      setPassword('');
      tell({ sentence: words.passwordChanged });
    } catch (error) {
      setMistake(sentenceOf(error, commonWords.failed));
    }
  };
  return (
    <Section title={words.password} about={words.passwordAbout}>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        {/* Password managers must know whose it is. */}
        <input type="text" autoComplete="username" value={user.username} readOnly hidden />
        <SecretField
          label={words.currentPassword}
          autoComplete="current-password"
          required
          mistake={mistake}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <SecretField
          label={words.newPassword}
          hint={words.passwordHint}
          autoComplete="new-password"
          required
          minLength={passwordMin}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Switch
          label={words.everywhere}
          hint={words.everywhereHint}
          on={everywhere}
          change={setEverywhere}
        />
        <div>
          <Button type="submit" busy={order.isPending}>
            {words.changePassword}
          </Button>
        </div>
      </form>
    </Section>
  );
}
