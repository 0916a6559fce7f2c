// In the page: what goes to its loudspeaker is recorded beside it (tests/rig/page-ear.ts).
const heard = { sampleRateHz: 48_000, pieces: [] };
globalThis.butlerHeard = heard;

const { connect } = AudioNode.prototype;
const recorders = new WeakMap();

/** One for each context. */
const recorderOf = (sounding) => {
  const known = recorders.get(sounding);
  if (known) return known;
  // Deprecated, but it needs no file of its own, which the page's policy would refuse.
  const recorder = sounding.createScriptProcessor(4_096, 1, 1);
  heard.sampleRateHz = sounding.sampleRate;
  recorder.onaudioprocess = ({ inputBuffer }) => {
    const samples = inputBuffer.getChannelData(0);
    if (samples.some((one) => Math.abs(one) > 0.000_1)) heard.pieces.push([...samples]);
  };
  recorders.set(sounding, recorder);
  connect.call(recorder, sounding.destination);
  return recorder;
};

AudioNode.prototype.connect = function (...to) {
  if (to[0] instanceof AudioDestinationNode) connect.call(this, recorderOf(this.context));
  return connect.apply(this, to);
};

const { play } = HTMLMediaElement.prototype;
const followed = new WeakSet();
// LiveKit's sound leaves by such elements.
HTMLMediaElement.prototype.play = function () {
  const { srcObject } = this;
  if (srcObject instanceof MediaStream && !followed.has(srcObject)) {
    followed.add(srcObject);
    const beside = new AudioContext();
    connect.call(beside.createMediaStreamSource(srcObject), recorderOf(beside));
  }
  return play.call(this);
};
