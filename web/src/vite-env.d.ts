// What Vite adds to imports: addresses of worklets, style sheets.
/// <reference types="vite/client" />
