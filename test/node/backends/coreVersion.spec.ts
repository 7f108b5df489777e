import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCoreVersion, leastCore } from '../../../src/backends/coreVersion.js';

const { peerDependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  readonly peerDependencies: { readonly [name: string]: string };
};

describe('a TensorFlow.js', () => {
  it.each(['4.6.0', '4.10.2', '4.22.0', '4.23.0-rc.0', '5.0.0'])('of %s serves', (version) => {
    expect(() => checkCoreVersion('wasm', version)).not.toThrow();
  });

  it.each(['4.5.9', '4.0.0', '3.21.0'])('of %s is refused in one line', (version) => {
    expect(() => checkCoreVersion('wasm', version)).toThrow(
      `useBackend: wasm needs TensorFlow.js 4.6.0 or later, this is ${version}: npm install @tensorflow/tfjs-core@^4.6.0, and its backends or @tensorflow/tfjs of the same version`,
    );
  });

  it('of 4.21 serves all but WebGPU', () => {
    expect(() => checkCoreVersion('cpu', '4.21.0')).not.toThrow();
    expect(() => checkCoreVersion('webgpu', '4.21.0')).toThrow('webgpu needs TensorFlow.js 4.22.0 or later, this is 4.21.0');
  });

  it('is asked of npm in the same words', () => {
    for (const name of ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-backend-wasm', 'tfjs-backend-webgpu'])
      expect(peerDependencies[`@tensorflow/${name}`], name).toBe(`^${leastCore.wasm}`);
    expect(peerDependencies['@tensorflow/tfjs-node-gpu']).toBe(`^${leastCore.cuda}`);
  });
});
