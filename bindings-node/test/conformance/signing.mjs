// The operations that sign: `signature`, `authorization`, `create_session`.
import { data, optional } from './vectors.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');

export function signing(api) {
  const identity = ({ certificate, chain }) => api.Identity.fromPem(data(certificate), optional(chain));

  /** Signs. Bytes that are not the same each time are verified, and the expected ones are the answer. */
  const sign = (key, message, expected) => {
    const own = key.sign(message);
    const isSame = expected?.reproducible && (api.isDeterministic || key.keyAlgorithm === 'rsa');
    if (expected === undefined || isSame) return { signature_hex: hex(own), reproducible: expected?.reproducible ?? true };
    key.verify(message, own);
    key.verify(message, Buffer.from(expected.signature_hex, 'hex'));
    return { signature_hex: expected.signature_hex, reproducible: expected.reproducible };
  };

  const finished = (pending, signature, encoding, reproducible) => {
    const { canonicalRequest, signedHeaders, stringToSign } = pending;
    const request = pending.finish(signature, encoding);
    const [, authorization] = request.headers.find(([name]) => name === 'Authorization');
    return {
      canonical_request: canonicalRequest,
      signed_headers: signedHeaders,
      string_to_sign: Buffer.from(stringToSign).toString(),
      signature_hex: authorization.split('=').pop(),
      reproducible,
      authorization,
    };
  };

  const stages = (pending, key, expected) => {
    // For its own checks, of the key against the leaf first of all.
    pending.sign(key);
    const signed = sign(key, pending.stringToSign, expected);
    return finished(pending, Buffer.from(signed.signature_hex, 'hex'), 'der', signed.reproducible);
  };

  return {
    signature(input, expected) {
      const message = data(input.message);
      if (input.private_key) return sign(api.PrivateKey.fromPem(data(input.private_key)), message, expected);
      const leaf = api.Identity.fromPem(data(input.certificate));
      const given = Buffer.from(input.signature_hex, 'hex');
      const signature = api.verifySignature(leaf, message, given, input.encoding ?? 'der');
      return { signature_hex: hex(signature), reproducible: expected?.reproducible ?? false };
    },

    authorization(input, expected) {
      const { method, url, headers, region, service, now } = input;
      const body = data(input.body);
      const request = new api.SignableRequest({ method, url, headers, body, region, service });
      const pending = request.prepare(identity(input), now);
      if (input.private_key) return stages(pending, api.PrivateKey.fromPem(data(input.private_key)), expected);
      const signature = Buffer.from(input.signature_hex ?? '', 'hex');
      return finished(pending, signature, input.encoding ?? 'der', expected?.reproducible ?? false);
    },

    create_session(input, expected) {
      const session = new api.CreateSession({
        trustAnchorArn: input.trust_anchor_arn,
        profileArn: input.profile_arn,
        roleArn: input.role_arn,
        region: input.region,
        endpoint: input.endpoint,
        allowHttp: input.allow_http,
        durationSeconds: input.duration_seconds,
        roleSessionName: input.role_session_name,
        instanceProperties: input.instance_properties,
        useFipsEndpoint: input.use_fips_endpoint,
        useDualstackEndpoint: input.use_dualstack_endpoint,
      });
      // Any identity will do to see the body: it does not depend on it.
      const leaf = identity(input.private_key ? input : { certificate: { fixture: 'pki/p256/leaf.pem' } });
      const pending = session.prepare(leaf, input.now);
      const answer = { url: session.url, body: Buffer.from(pending.body).toString() };
      if (!input.private_key) return answer;
      const key = api.PrivateKey.fromPem(data(input.private_key));
      return { ...answer, ...stages(pending, key, expected?.signature_hex ? expected : undefined) };
    },
  };
}
