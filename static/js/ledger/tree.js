// The tree of RFC 6962 and the commitments of docs/ledger.md, with the browser's own SHA-256.
const utf8 = new TextEncoder();
export const bytes = (text) => utf8.encode(text);
export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const toHex = (value) => Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

const sha256 = async (value) => new Uint8Array(await crypto.subtle.digest("SHA-256", value));
export const leaf = (value) => sha256(join([0], value));
const node = (left, right) => sha256(join([1], left, right));

export async function root(leaves) {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0];
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return node(await root(leaves.slice(0, half)), await root(leaves.slice(half)));
}

// Walks a proof up to the root. `mine` are the hashes that meet those of the proof on their left.
async function climb(proof, from, last, hashes, grow) {
  for (const hash of proof) {
    if (last === 0) return false;
    if (from % 2 || from === last) {
      await grow(hash, hashes, "left");
      while (from % 2 === 0 && from !== 0) [from, last] = [from / 2, Math.floor(last / 2)];
    } else await grow(hash, hashes, "right");
    [from, last] = [Math.floor(from / 2), Math.floor(last / 2)];
  }
  return last === 0;
}

export async function included(value, index, size, proof, expected) {
  const hashes = [await leaf(value)];
  const whole = await climb(proof.map(fromHex), index, size - 1, hashes, async (hash, [mine], side) => {
    hashes[0] = side === "left" ? await node(hash, mine) : await node(mine, hash);
  });
  return whole && toHex(hashes[0]) === expected;
}

export async function continues(earlier, size, proof, expected) {
  const path = proof.map(fromHex);
  if (Number.isInteger(Math.log2(earlier.size))) path.unshift(fromHex(earlier.root));
  let [from, last] = [earlier.size - 1, size - 1];
  while (from % 2) [from, last] = [Math.floor(from / 2), Math.floor(last / 2)];
  const hashes = [path[0], path[0]];
  const whole = await climb(path.slice(1), from, last, hashes, async (hash, [old, now], side) => {
    if (side === "left") hashes[0] = await node(hash, old);
    hashes[1] = side === "left" ? await node(hash, now) : await node(now, hash);
  });
  return whole && toHex(hashes[0]) === earlier.root && toHex(hashes[1]) === expected;
}

export async function commitment(piece) {
  const how = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", fromHex(piece.salt), how, false, ["sign"]);
  const told = ["disclosure-ledger-piece/1", piece.name, piece.type, piece.text].join("\0");
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(told))));
}

export const pieceLeaf = (piece) =>
  leaf(join(bytes(`${piece.name}\0${piece.type}\0`), fromHex(piece.commitment)));
