// The page as Vite builds it, in a real browser, against the emulator.
import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { emulator } from "../../bindings-node/test/support/emulator.mjs";
import { CHROMIUM, launch } from "./browser/launch.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const program = path("../../target/debug/rolesanywhere-emulator");
const missing = [CHROMIUM, program].find((file) => !existsSync(file));

async function serve() {
  const server = createServer(({ url }, response) => {
    const file = path(`../dist/example${url === "/" ? "/index.html" : url}`);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("content-type", TYPES[extname(file)] ?? "text/plain").end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

test("the page signs with WebCrypto and gets credentials", { skip: missing && `there is no ${missing}` }, async () => {
  await build({ root: path("../examples/browser"), logLevel: "error" });
  const site = await serve();
  const service = await emulator({ serve: ["--cors", site.url] });
  const file = (name) => readFileSync(service.path(name), "utf8");
  const browser = await launch(chromium);
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1400 } });
    const errors = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(site.url);
    await page.locator("#certificate").fill(file("leaf.pem"));
    await page.getByRole("button", { name: "Check and sign" }).click();
    await page.getByText("Checked.").waitFor();
    assert.match(await page.locator("#facts").innerText(), /p256/);
    const pkcs8 = createPrivateKey(file("leaf-key.pem")).export({ format: "pem", type: "pkcs8" });
    await page.getByLabel("Private key").fill(pkcs8);
    const { trustAnchorArn, profileArn, roleArn } = service.options;
    await page.getByLabel("Trust anchor ARN").fill(trustAnchorArn);
    await page.getByLabel("Profile ARN").fill(profileArn);
    await page.getByLabel("Role ARN").fill(roleArn);
    await page.getByLabel("Endpoint").fill(service.url);
    await page.getByRole("button", { name: "Check and sign" }).click();
    await page.getByText("Checked and signed. Nothing was sent.").waitFor();
    assert.equal(await page.getByLabel("Private key").inputValue(), "");
    assert.match(await page.locator("#string-to-sign").innerText(), /^AWS4-X509-ECDSA-SHA256/);
    await page.getByRole("button", { name: "Ask for credentials" }).click();
    await page.getByText("The service gave credentials").waitFor();
    const shown = await page.locator("#credentials").innerText();
    assert.match(shown, /"accessKeyId": "ASIA/);
    mkdirSync(path("../../target/wasm"), { recursive: true });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path(`../../target/wasm/example-${colorScheme}.png`), fullPage: true });
    }
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    await service.close();
    site.close();
  }
});
