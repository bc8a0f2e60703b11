// Two short tones, made here so that no file has to come over a network that may be down.
const STORED = "schoolward-desk-muted";
let context = null;
let muted = localStorage.getItem(STORED) === "yes";

export const isMuted = () => muted;

export function toggle() {
  muted = !muted;
  localStorage.setItem(STORED, muted ? "yes" : "no");
  if (!muted) play(false);
  return muted;
}

// Browsers let a page sound only after somebody has touched it.
export function wake() {
  context ??= "AudioContext" in window ? new AudioContext() : null;
  if (context?.state === "suspended") void context.resume();
}

export function play(isUrgent) {
  if (muted || !context || context.state !== "running") return;
  const tones = isUrgent ? [880, 1175, 880, 1175] : [660];
  tones.forEach((frequency, index) => {
    const at = context.currentTime + index * 0.22;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
    gain.gain.linearRampToValueAtTime(0, at + 0.18);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.2);
  });
}
