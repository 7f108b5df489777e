import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where the suite runs: in Node, or in Chromium. */
export type Target = 'cpu' | 'wasm' | 'webgpu' | 'chromium-wasm' | 'chromium-webgpu';

const executablePath = '/usr/bin/chromium';

/** Debian's Chromium, as playwright starts it; it brings a Vulkan in software, for machines without a graphics card. */
export const chromium = {
  executablePath,
  args: [
    '--no-sandbox',
    '--enable-unsafe-webgpu',
    '--use-webgpu-adapter=swiftshader',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ],
};

/** What makes Dawn in Node take that Vulkan. */
export const softwareVulkan = {
  VK_ICD_FILENAMES: '/usr/lib/chromium/vk_swiftshader_icd.json',
  NODEVICE_SELECT: '1',
};

const install = 'apt-get install --no-install-recommends chromium libvulkan1';

/** Why there is no browser to try things in; `undefined` where there is. */
export const missingChromium: string | undefined = existsSync(executablePath) ? undefined : `no ${executablePath} (${install})`;

/** Why a target can't run on this machine, in a line; `undefined` when it can. */
export function missing(target: Target): string | undefined {
  switch (target) {
    case 'cpu':
    case 'wasm':
      return undefined;
    case 'webgpu':
      return hasAdapter() ? undefined : `no Vulkan that Dawn takes (${install})`;
    case 'chromium-wasm':
    case 'chromium-webgpu':
      return missingChromium;
  }
}

/** Whether Dawn finds the adapter, asked in a process of its own, which may take Dawn along when it ends. */
function hasAdapter(): boolean {
  const ask =
    "require('webgpu').create([]).requestAdapter().then((adapter) => process.exit(adapter ? 0 : 1), () => process.exit(1))";
  try {
    execFileSync(process.execPath, ['-e', ask], { env: { ...process.env, ...softwareVulkan }, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
