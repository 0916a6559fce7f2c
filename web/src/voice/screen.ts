/** Keeps the screen on while somebody and Butler talk (Screen Wake Lock API). */
export class Screen {
  #wanted = false;
  #lock: WakeLockSentinel | undefined;
  #asking = false;

  /** The lock ends whenever the page is hidden: `keepOn` is called again when it is seen. */
  keepOn(on: boolean): void {
    this.#wanted = on;
    if (!on) this.#letGo();
    else if (!this.#lock && !this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    // Absent in older browsers and on insecure pages, whatever the types say.
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (!wakeLock || document.hidden) return;
    this.#asking = true;
    try {
      const lock = await wakeLock.request('screen');
      lock.addEventListener('release', () => {
        if (this.#lock === lock) this.#lock = undefined;
      });
      this.#lock = lock;
    } catch {
      // A low battery refuses it: then the screen goes dark as usual.
    } finally {
      this.#asking = false;
    }
    if (!this.#wanted) this.#letGo();
  }

  #letGo(): void {
    const lock = this.#lock;
    this.#lock = undefined;
    void lock?.release().catch(() => undefined);
  }
}
