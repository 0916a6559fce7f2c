// How the page presents itself as an app (https://www.w3.org/TR/appmanifest/).
import type { ManifestOptions } from 'vite-plugin-pwa';

const icon = (size: number, purpose: 'any' | 'maskable') => ({
  src: `/icon-${purpose === 'any' ? '' : 'maskable-'}${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
});

export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Butler',
  short_name: 'Butler',
  description: 'Talk to the butler of this house.',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#eef1ec',
  theme_color: '#1b4436',
  categories: ['lifestyle', 'productivity', 'utilities'],
  icons: [
    { src: '/bell.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ...[icon(192, 'any'), icon(512, 'any'), icon(192, 'maskable'), icon(512, 'maskable')],
  ],
  shortcuts: [
    { name: 'Room', short_name: 'Room', description: 'Listen in this room', url: '/room' },
  ],
};
