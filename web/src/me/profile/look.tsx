/** Light or dark, on this device. */
import { useState } from 'react';
import { chooseTheme, chosenTheme, themes } from '../../app/theme.ts';
import { Section } from '../../ui/page.tsx';
import { OneOf } from '../../ui/switch.tsx';
import { profileWords as words } from '../../words/profile.ts';

export function Look() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <Section title={words.look} about={words.lookAbout}>
      <OneOf
        label={words.theme}
        value={theme}
        options={themes.map((value) => ({ value, name: words.themes[value] }))}
        change={(next) => {
          chooseTheme(next);
          setTheme(next);
        }}
      />
    </Section>
  );
}
