// 验证 in the reader's browser: a convenience. verify.py needs nothing of this site, this does.
import { bytes, commitment, continues, included, pieceLeaf, root, toHex } from "./tree.js";

const form = document.querySelector("[data-ledger-check]");
const told = form?.querySelector("output");
const say = (name, ...values) => {
  told.textContent = values.reduce((text, value) => text.replace("{}", value), form.dataset[name]);
  told.dataset.verdict = name;
};

function headOf(note) {
  const [, size, base64] = note.split("\n");
  const hash = toHex(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  return { size: Number(size), root: hash };
}

async function piecesAreRight(entry, pieces) {
  for (const piece of pieces) {
    if (piece.salt === null) continue;
    if (piece.text === null || (await commitment(piece)) !== piece.commitment) return false;
  }
  return toHex(await root(await Promise.all(pieces.map(pieceLeaf)))) === entry.content;
}

async function isRight(bundle, head) {
  for (const { entry: text, proof, pieces } of [...bundle.entries, bundle.newest]) {
    const entry = JSON.parse(text);
    if (!(await included(bytes(text), entry.seq, head.size, proof, head.root))) return false;
    if (pieces && !(await piecesAreRight(entry, pieces))) return false;
  }
  return true;
}

async function keptIsBeginning(bundle, head, size, digits) {
  const earlier = [...bundle.since, { ...head, proof: null }].find((one) => one.size === size);
  if (!earlier) return null;
  if (!earlier.root.startsWith(digits)) return false;
  return earlier.proof === null || continues(earlier, head.size, earlier.proof, head.root);
}

async function check(event) {
  event.preventDefault();
  const [size, digits = ""] = form.elements.head.value.trim().toLowerCase().split(/\s+/);
  say("waiting");
  const answer = await fetch(`${form.action}?since=${encodeURIComponent(size)}`);
  const bundle = await answer.json();
  const head = headOf(bundle.checkpoint);
  if (!(await isRight(bundle, head))) return say("wrong");
  if (!size) return say("unkept", head.size);
  const same = digits.length >= 16 ? await keptIsBeginning(bundle, head, Number(size), digits) : null;
  return say(same === null ? "unknown" : same ? "right" : "fork", size);
}

if (form && globalThis.crypto?.subtle) {
  form.hidden = false;
  form.addEventListener("submit", (event) => check(event).catch(() => say("failed")));
}
