// What Vite adds to imports: addresses of worklets, style sheets.
/// <reference types="vite/client" />
/// <reference types="vite-plugin-pwa/react" />
