// Packs the package and those of native modules:
// node scripts/pack.mjs OUT [PLATFORM MODULE]…; prints the tarballs.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Every platform that has a package, as npm describes it. */
const PLATFORMS = {
  'linux-x64-gnu': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'linux-x64-musl': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'linux-arm64-gnu': { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
  'linux-arm64-musl': { os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
  'darwin-x64': { os: ['darwin'], cpu: ['x64'] },
  'darwin-arm64': { os: ['darwin'], cpu: ['arm64'] },
  'win32-x64-msvc': { os: ['win32'], cpu: ['x64'] },
};

const [out, ...pairs] = process.argv.slice(2);
const here = fileURLToPath(new URL('..', import.meta.url));
const root = join(here, '..');
const { devDependencies: _, scripts: __, ...manifest } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const { version, license, repository, engines } = manifest;

const optionalDependencies = Object.fromEntries(
  Object.keys(PLATFORMS).map((name) => [`rolesanywhere-${name}`, version]),
);
const main = stage('rolesanywhere', { ...manifest, files: ['dist', 'NOTICE'], optionalDependencies });
// Nobody outside imports what stands in for a native module.
const isPublic = (file) => !/(wasm|fallback).[^/]*\.d\.ts$/.test(file);
cpSync(join(here, 'dist'), join(main, 'dist'), { recursive: true, filter: isPublic });
copyFileSync(join(here, 'README.md'), join(main, 'README.md'));

const directories = [main];
for (let index = 0; index < pairs.length; index += 2) directories.push(native(pairs[index], pairs[index + 1]));

for (const directory of directories) {
  copyFileSync(join(root, 'LICENSE'), join(directory, 'LICENSE'));
  copyFileSync(join(root, 'NOTICE'), join(directory, 'NOTICE'));
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', resolve(out)], { cwd: directory });
  console.log(join(out, basename(packed.toString().trim())));
}

/** The package of one platform's module. */
function native(platform, module) {
  const name = `rolesanywhere-${platform}`;
  const file = `rolesanywhere.${platform}.node`;
  const description = `The native module of rolesanywhere for ${platform}`;
  const directory = stage(name, {
    name, version, description, license, repository, engines, main: file, files: [file, 'NOTICE'], ...PLATFORMS[platform],
  });
  copyFileSync(module, join(directory, file));
  writeFileSync(join(directory, 'README.md'), `# ${name}\n\n${description}. Install \`rolesanywhere\`.\n`);
  return directory;
}

function stage(name, manifest) {
  const directory = join(here, '..', 'target', 'node', 'stage', name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return directory;
}
