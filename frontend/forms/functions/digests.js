// Digests and encodings.
import { HASHES, hex, utf8 } from "../hashes.js";

const binary = (bytes) => String.fromCharCode(...bytes);

export const DIGESTS = {
  digest(make, [of, by, as]) {
    const [text, algorithm] = [make.text(of), make.text(by)];
    const encoding = as ? make.text(as) : () => "base64";
    return (node, env) => {
      const hash = HASHES[algorithm(node, env)];
      const wanted = encoding(node, env);
      if (!hash || !["base64", "hex"].includes(wanted)) return "";
      const bytes = hash(utf8(text(node, env)));
      return wanted === "hex" ? hex(bytes) : btoa(binary(bytes));
    };
  },
  "base64-decode"(make, [argument]) {
    const text = make.text(argument);
    return (node, env) => {
      const encoded = text(node, env).replace(/\s+/g, "");
      try {
        const bytes = Uint8Array.from(atob(encoded + "=".repeat((4 - (encoded.length % 4)) % 4)), (letter) => letter.charCodeAt(0));
        return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      } catch {
        return "";
      }
    };
  },
};
