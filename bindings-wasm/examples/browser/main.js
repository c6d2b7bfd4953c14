import init, { CreateSession, fromRolesAnywhere, Identity } from "rolesanywhere-wasm";

const byId = (id) => document.getElementById(id);
const value = (id) => byId(id).value.trim();

const ALGORITHMS = {
  rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  p256: { name: "ECDSA", namedCurve: "P-256" },
  p384: { name: "ECDSA", namedCurve: "P-384" },
  p521: { name: "ECDSA", namedCurve: "P-521" },
};

/** The key of the certificate that was signed with last; it stays in WebCrypto. */
let cryptoKey;

byId("identity").addEventListener("submit", (event) => {
  event.preventDefault();
  told(checkAndSign());
});
byId("send").addEventListener("click", () => told(send()));
acceptFiles(byId("certificate"));

async function checkAndSign() {
  await init();
  const identity = Identity.fromPem(value("certificate"));
  showIdentity(identity);
  const pem = value("private-key");
  if (pem !== "") {
    byId("private-key").value = "";
    cryptoKey = await imported(pem, identity.keyAlgorithm);
  }
  if (cryptoKey === undefined || value("trust-anchor-arn") === "") return "Checked.";
  const pending = new CreateSession(session()).prepare(identity);
  const { message } = pending.request;
  const rsa = identity.keyAlgorithm === "rsa";
  const how = rsa ? ALGORITHMS.rsa : { name: "ECDSA", hash: "SHA-256" };
  const signature = new Uint8Array(await crypto.subtle.sign(how, cryptoKey, message));
  // RSA is not in this module, neither to sign nor to verify: WebCrypto has done that.
  if (!rsa) pending.verify(signature, "raw");
  showStages(pending, pending.finish(signature, rsa ? "der" : "raw"));
  byId("send").disabled = false;
  return "Checked and signed. Nothing was sent.";
}

async function send() {
  const provider = fromRolesAnywhere({
    ...session(),
    certificate: value("certificate"),
    sign: cryptoKey,
  });
  const { accessKeyId, expiration, accountId } = await provider();
  const shown = { accessKeyId, accountId, expiration: expiration.toISOString() };
  byId("credentials").textContent = JSON.stringify(shown, undefined, 2);
  byId("credentials-section").hidden = false;
  return "The service gave credentials; the secret ones are not shown.";
}

function session() {
  const endpoint = value("endpoint");
  return {
    trustAnchorArn: value("trust-anchor-arn"),
    profileArn: value("profile-arn"),
    roleArn: value("role-arn"),
    ...(endpoint === "" ? {} : { endpoint }),
  };
}

/** Not extractable: from here on nobody can read it, this page included. */
async function imported(pem, keyAlgorithm) {
  const algorithm = ALGORITHMS[keyAlgorithm];
  if (algorithm === undefined) throw new Error(`WebCrypto has no ${keyAlgorithm} here`);
  const body = /-----BEGIN PRIVATE KEY-----([^-]*)-----END/.exec(pem)?.[1];
  if (body === undefined) throw new Error("the private key is no PKCS#8 PEM without passphrase");
  const der = Uint8Array.from(atob(body.replace(/\s/g, "")), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
}

function showIdentity(identity) {
  const date = (seconds) => new Date(seconds * 1000).toISOString();
  const facts = {
    Subject: identity.subject,
    Issuer: identity.issuer,
    "Serial number": identity.serialNumber,
    Key: identity.keyAlgorithm,
    Valid: `${date(identity.notBefore)} to ${date(identity.notAfter)}`,
  };
  const rows = Object.entries(facts).flatMap(([name, text]) => [element("dt", name), element("dd", text)]);
  byId("facts").replaceChildren(...rows);
  const findings = identity.findings().map(({ severity, code, fact, hint }) => {
    const item = element("li", "", severity);
    item.append(element("strong", severity), `: ${fact} [${code}]; ${hint}`);
    return item;
  });
  const none = element("li", "Nothing: the service should take it.");
  byId("findings").replaceChildren(...(findings.length === 0 ? [none] : findings));
  byId("findings-section").hidden = false;
}

function showStages(pending, request) {
  const [, authorization] = request.headers.find(([name]) => name === "Authorization");
  byId("canonical-request").textContent = pending.canonicalRequest;
  byId("string-to-sign").textContent = new TextDecoder().decode(pending.stringToSign);
  byId("signature").textContent = authorization.split("Signature=")[1];
  byId("stages-section").hidden = false;
}

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function acceptFiles(area) {
  const over = (is) => (event) => {
    event.preventDefault();
    area.classList.toggle("dropping", is);
  };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", async (event) => {
    over(false)(event);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) area.value = await file.text();
  });
}

/** One sentence at the end of whatever was asked for. */
async function told(work) {
  const status = byId("status");
  try {
    status.textContent = await work;
    status.className = "";
  } catch (error) {
    const code = error.code === undefined ? "" : ` [${error.code}]`;
    status.textContent = `${error.message}${code}${error.hint ? `; ${error.hint}` : ""}`;
    status.className = "error";
  }
}
