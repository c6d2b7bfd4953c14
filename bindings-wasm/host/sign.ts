import { RolesAnywhereError } from "./error.js";
import type { Native, SigningRequest } from "./native.js";

/** A signature; for ECDSA without `encoding` it is ASN.1 DER. */
export type SignatureResult =
  | Uint8Array
  | {
      /** RSA and ML-DSA have one form. */
      signature: Uint8Array;
      /** Of an ECDSA signature: ASN.1 DER, or r and s, each of the curve's length. Default: `der`. */
      encoding?: "der" | "raw";
    };

/** Signs what it is asked to, now or later. What it throws becomes the cause of `signing_failed`. */
export type SignFunction = (
  request: SigningRequest,
) => SignatureResult | Promise<SignatureResult>;

/** A signer, or a WebCrypto key that need not be extractable. */
export type Sign = SignFunction | CryptoKey;

interface Algorithm {
  name: string;
  namedCurve?: string;
  hash?: { name: string };
}

const CURVES: Record<string, SigningRequest["keyAlgorithm"]> = {
  "P-256": "p256",
  "P-384": "p384",
  "P-521": "p521",
};

/**
 * The function that signs.
 *
 * @throws `option_invalid` for anything but a function or a `CryptoKey` that can sign
 */
export function signFunction(native: Native, sign: unknown): SignFunction {
  if (typeof sign === "function") return sign as SignFunction;
  if (Object.prototype.toString.call(sign) === "[object CryptoKey]") {
    return cryptoKeyFunction(native, sign as CryptoKey);
  }
  throw invalid(native, "neither a function nor a CryptoKey");
}

function cryptoKeyFunction(native: Native, key: CryptoKey): SignFunction {
  const algorithm = key.algorithm as Algorithm;
  if (key.type !== "private") throw invalid(native, `a ${key.type} CryptoKey and not a private one`);
  if (!key.usages.includes("sign")) throw invalid(native, "a CryptoKey without the usage `sign`");
  const own = keyAlgorithm(algorithm);
  if (own === undefined) {
    const hash = algorithm.hash ? ` with ${algorithm.hash.name}` : "";
    const needed = "RSASSA-PKCS1-v1_5 with SHA-256, or ECDSA on P-256, P-384 or P-521, is needed";
    throw invalid(native, `a CryptoKey for ${algorithm.name}${hash}; ${needed}`);
  }
  return async ({ message, keyAlgorithm: wanted }) => {
    if (wanted !== own) {
      const text = `the CryptoKey is of ${own} and the certificate's key of ${wanted}`;
      throw RolesAnywhereError.of(native, "key_mismatch", text);
    }
    const how = own === "rsa" ? algorithm.name : { name: "ECDSA", hash: "SHA-256" };
    const signature = await crypto.subtle.sign(how, key, message as Uint8Array<ArrayBuffer>);
    return { signature: new Uint8Array(signature), encoding: own === "rsa" ? "der" : "raw" };
  };
}

function keyAlgorithm(algorithm: Algorithm): SigningRequest["keyAlgorithm"] | undefined {
  switch (algorithm.name) {
    case "RSASSA-PKCS1-v1_5":
      return algorithm.hash?.name === "SHA-256" ? "rsa" : undefined;
    case "ECDSA":
      return CURVES[algorithm.namedCurve ?? ""];
    default:
      return undefined;
  }
}

function invalid(native: Native, what: string): RolesAnywhereError {
  return RolesAnywhereError.of(native, "option_invalid", `\`sign\` is ${what}`);
}
