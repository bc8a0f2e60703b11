// One entry of a walk's journal, and the hash that ties all that it says together (docs/reference/walk-journal.md).
import { hex, sha256, utf8 } from "../forms/hashes.js";

const SAID = ["id", "walk", "strand", "sequence", "moment", "kind", "payload"];

/** The hash of an entry: SHA-256 of what it says, a line each. */
export const hashOf = (entry) => hex(sha256(utf8(SAID.map((name) => entry[name]).join("\n"))));

/** The entry as it is sent: what it says and its hash, nothing of what this device notes beside it. */
export const sent = (entry) => Object.fromEntries([...SAID, "sha256"].map((name) => [name, entry[name]]));

/** Whether a receipt is for this entry, by id and by hash. */
export const isReceiptFor = (receipt, entry) => receipt?.id === entry.id && receipt.sha256 === entry.sha256;

/** The hash of a photo's bytes, by the browser's own where it has one. */
export async function hashOfBytes(bytes, subtle = globalThis.crypto?.subtle) {
  if (!subtle) return hex(sha256(new Uint8Array(bytes)));
  return hex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
}
