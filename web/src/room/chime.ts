/** Two soft notes: up when Butler begins to listen, down when he has left. */

const notesHz = { heard: [587.33, 880], left: [659.26, 493.88] } as const;
const noteSeconds = 0.11;
const ringSeconds = 0.28;
const gain = 0.12;

/** @param output where it sounds, at the person's volume. */
export function chime(output: AudioNode, kind: keyof typeof notesHz): void {
  const { context } = output;
  if (context.state !== 'running') return;
  notesHz[kind].forEach((frequency, index) => {
    const startsAt = context.currentTime + index * noteSeconds;
    const tone = new OscillatorNode(context, { type: 'sine', frequency });
    const envelope = new GainNode(context, { gain: 0 });
    envelope.gain.setValueAtTime(0, startsAt);
    envelope.gain.linearRampToValueAtTime(gain, startsAt + 0.012);
    envelope.gain.exponentialRampToValueAtTime(0.0001, startsAt + ringSeconds);
    tone.connect(envelope).connect(output);
    tone.start(startsAt);
    tone.stop(startsAt + ringSeconds);
    tone.onended = () => envelope.disconnect();
  });
}
