/** Says what is going on, with the seconds so far, once something takes longer than two seconds. */

/**
 * @template T
 * @param {string} what a sentence without its full stop, such as `Installing packages`.
 * @param {() => Promise<T>} work
 * @param {() => string} detail more that is known by now, asked for each time a line is written.
 * @returns {Promise<T>}
 */
export const withProgress = async (what, work, detail = () => '') => {
  const terminal = process.stderr.isTTY === true;
  const started = Date.now();
  let shown = false;
  const show = () => {
    const seconds = Math.round((Date.now() - started) / 1000);
    if (seconds < 2) return;
    const more = detail();
    const line = `${what} … ${seconds} s${more ? ` (${more})` : ''}`;
    process.stderr.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
    shown = true;
  };
  // The first line of a log should not wait for the first whole interval.
  const early = terminal ? undefined : setTimeout(show, 2_000);
  const timer = setInterval(show, terminal ? 500 : 5_000);
  try {
    return await work();
  } finally {
    clearTimeout(early);
    clearInterval(timer);
    if (shown && terminal) process.stderr.write('\r\x1b[K');
  }
};
