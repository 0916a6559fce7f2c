/** What the app says about itself: installing, updating, being away from the house. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  installTitle: 'Butler on your home screen',
  installText: 'As an app it opens at once and fills the screen.',
  install: 'Install',
  notNow: 'Not now',
  installOnApple: 'Tap “Share” in Safari, then “Add to Home Screen”.',
  updateText: 'A new version of this page is ready. What was said stays.',
  update: 'Change over',
  away: 'The house does not answer. What you see may be old.',
  deviceOffline: 'This device is offline. Butler is there again when the network is.',
  backAgain: 'The house answers again.',
};

const de: WordsLike<typeof en> = {
  installTitle: 'Butler auf deinem Startbildschirm',
  installText: 'Als App öffnet er sich sofort und füllt den Bildschirm.',
  install: 'Installieren',
  notNow: 'Nicht jetzt',
  installOnApple: 'Tippe in Safari auf „Teilen“, dann auf „Zum Home-Bildschirm“.',
  updateText: 'Eine neue Fassung dieser Seite ist da. Was gesagt wurde, bleibt.',
  update: 'Wechseln',
  away: 'Das Haus antwortet nicht. Was du siehst, kann veraltet sein.',
  deviceOffline: 'Dieses Gerät ist offline. Butler ist wieder da, sobald es das Netz ist.',
  backAgain: 'Das Haus antwortet wieder.',
};

export const appWords = inLanguage({ en, de });
