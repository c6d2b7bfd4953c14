// How each operation of the vectors is asked through the package's public API.
import { createHash } from 'node:crypto';
import { refresh } from './refresh.mjs';
import { signing } from './signing.mjs';
import { data, optional } from './vectors.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Removes what is undefined, as JSON does. */
const plain = (value) => JSON.parse(JSON.stringify(value));

export function operations(api) {
  return {
    ...signing(api),
    ...refresh(api),

    arn({ kind, arn }) {
      const { partition, region, accountId, roleName } = api.parseArn(kind, arn);
      return plain({ partition, region, account_id: accountId, role_name: roleName });
    },

    endpoint(input) {
      const url = api.endpointUrl({
        partition: input.partition,
        region: input.region,
        endpoint: input.endpoint,
        allowHttp: input.allow_http,
        useFipsEndpoint: input.use_fips_endpoint,
        useDualstackEndpoint: input.use_dualstack_endpoint,
      });
      return { url };
    },

    pem(input) {
      const blocks = api.pemBlocks(data(input.data));
      return { blocks: blocks.map(({ label, content }) => ({ label, content_sha256_hex: sha256(content) })) };
    },

    certificate(input) {
      const leaf = api.Identity.fromPem(data(input.certificate));
      return {
        serial_number: leaf.serialNumber,
        key_algorithm: leaf.keyAlgorithm,
        algorithm: leaf.algorithm,
        subject: leaf.subject,
        issuer: leaf.issuer,
        not_before: leaf.notBefore,
        not_after: leaf.notAfter,
      };
    },

    private_key(input) {
      const key = api.PrivateKey.fromPem(data(input.private_key), input.passphrase);
      const leaf = input.certificate && api.Identity.fromPem(data(input.certificate));
      return plain({ key_algorithm: key.keyAlgorithm, matches: leaf && key.matches(leaf) });
    },

    identity(input) {
      const { identity, privateKey } = input.certificate
        ? { identity: api.Identity.fromPem(data(input.certificate), optional(input.chain)) }
        : api.loadIdentitySync((input.parts ?? []).map(data), input.passphrase);
      if (input.now !== undefined) identity.check(input.now, privateKey);
      const findings = input.now === undefined ? undefined : identity.findings(input.now, privateKey);
      return plain({
        certificate_sha256_hex: sha256(identity.certificateDer),
        chain_sha256_hex: identity.chainDer.map(sha256),
        has_private_key: privateKey !== undefined,
        findings: findings?.map(({ code }) => code),
      });
    },

    canonical_request({ method, path, normalize, path_encodings, query, headers, body }) {
      const parts = { method, path, normalize, pathEncodings: path_encodings, query, headers, body: data(body) };
      const { canonicalRequest, signedHeaders } = api.canonicalRequest(parts);
      return { canonical_request: canonicalRequest, signed_headers: signedHeaders };
    },

    string_to_sign({ algorithm, now, region, service, canonical_request }) {
      const answer = api.stringToSign({ algorithm, now, region, service, canonicalRequest: canonical_request });
      return { credential_scope: answer.credentialScope, string_to_sign: answer.stringToSign };
    },

    session_response(input) {
      const arn = 'arn:aws:rolesanywhere:us-east-1:111122223333:';
      const session = new api.CreateSession({
        trustAnchorArn: `${arn}trust-anchor/a`,
        profileArn: `${arn}profile/b`,
        roleArn: input.role_arn,
      });
      const read = session.parseResponse(input.status, input.headers, data(input.body), input.now);
      return {
        access_key_id: read.accessKeyId,
        secret_access_key: read.secretAccessKey,
        session_token: read.sessionToken,
        expiration: read.expiration.getTime() / 1000,
        account_id: read.accountId,
      };
    },

    credentials(input) {
      const parts = {
        accessKeyId: input.access_key_id,
        secretAccessKey: input.secret_access_key,
        sessionToken: input.session_token,
        expiration: input.expiration,
        roleArn: input.role_arn,
      };
      const credentials = new api.Credentials({ ...parts, accountId: input.account_id });
      const forms = {
        credential_process: () => credentials.toCredentialProcessJson(),
        credential_process_without_account_id: () => new api.Credentials(parts).toCredentialProcessJson(),
        container: () => credentials.toContainerJson(),
        imds: () => credentials.toImdsJson(input.last_updated ?? 0),
      };
      return { json: JSON.parse(forms[input.form]()) };
    },

    config(input) {
      const options = api.resolveOptions({
        vocabulary: input.vocabulary,
        // What has no text is kept by the caller, as bytes are.
        arguments: (input.arguments ?? []).map(([name, value]) => [name, value ?? new Uint8Array()]),
        environment: input.environment,
        configFile: input.config_file,
        ambientProfile: input.ambient_profile,
      });
      const described = options.names.map((name) => {
        const { from, name: written, section } = options.origin(name);
        return [name, { value: options.text(name) ?? null, from, name: written, section }];
      });
      const url = input.create_session ? options.createSession().url.split('?')[0] : undefined;
      return plain({ options: Object.fromEntries(described), notes: options.notes.length, url });
    },

    error_codes({ code }) {
      const { number, kind, retryable } = api.errorCodes().find((row) => row.code === code);
      return { number, kind, retryable };
    },
  };
}
