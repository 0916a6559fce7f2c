/** Draws the page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { showStats } from './voice/stats.ts';
import './style/base.css';
import './style/entrance.css';
import './style/talk.css';
import './style/notes.css';
import './style/bell.css';

showStats();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
