/** The PIN that Butler asks for before something dangerous; the password proves who sets it. */
import { type SubmitEvent, useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Sure } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { profileWords as words } from '../../words/profile.ts';

export function Pin() {
  const tell = useTell();
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [mistake, setMistake] = useState<string>();
  const [removing, setRemoving] = useState(false);
  const order = useOrder('put /api/v1/me/pin');
  const set = async (next: string | null) => {
    setMistake(undefined);
    try {
      await order.mutateAsync({ json: { password, pin: next } });
      setPassword('');
      setPin('');
      tell({ sentence: next === null ? words.pinRemoved : words.pinSet });
    } catch (error) {
      setMistake(sentenceOf(error, commonWords.failed));
    }
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void set(pin);
  };
  const remove = () => {
    if (password === '') setMistake(words.passwordFirst);
    else setRemoving(true);
  };
  return (
    <Section title={words.pin} about={words.pinAbout}>
      <form className="grid gap-4" onSubmit={submit}>
        <SecretField
          label={words.pinPassword}
          autoComplete="current-password"
          required
          mistake={mistake}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <SecretField
          label={words.newPin}
          autoComplete="off"
          inputMode="numeric"
          pattern="[0-9]{4,8}"
          title={words.pinAbout}
          required
          value={pin}
          onChange={(event) => setPin(event.target.value)}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" busy={order.isPending}>
            {words.setPin}
          </Button>
          <Button kind="quiet" disabled={order.isPending} onClick={remove}>
            {words.removePin}
          </Button>
        </div>
      </form>
      <Sure
        title={words.removeTitle}
        about={words.removeText}
        act={words.removePin}
        open={removing}
        close={() => setRemoving(false)}
        confirm={() => set(null)}
      />
    </Section>
  );
}
