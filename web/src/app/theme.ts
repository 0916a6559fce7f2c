/** Light or dark: as the device has it, unless a person chose for this device. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const keptAs = 'butler.theme';
const darkDevice = '(prefers-color-scheme: dark)';

export function chosenTheme(): Theme {
  try {
    const kept = localStorage.getItem(keptAs);
    return themes.find((one) => one === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(keptAs, theme);
  } catch {
    // It holds until the page is closed.
  }
  show(theme);
}

/** Shows what was chosen, and follows the device where nothing was. */
export function followTheme(): void {
  show(chosenTheme());
  matchMedia(darkDevice).addEventListener('change', () => show(chosenTheme()));
}

function show(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia(darkDevice).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
