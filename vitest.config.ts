import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium, missing, softwareVulkan, type Target } from './test/machine.js';

/** Whole experiments, and what no backend could change: these run once, on wasm in Node. */
const once = [
  'test/oracles/**',
  'test/rules/stdpWindow.spec.ts', // on the others symmetricStdp.spec.ts draws windows
  'test/examples.spec.ts',
  'test/conformance/teeth.spec.ts', // whether laws see wrong rules
  'test/learnTheRule.spec.ts',
  'test/networks/latency/runExperiment.spec.ts',
  'test/networks/workers/**',
  'test/networks/{classifyImage.spec.ts,competitive/**}',
  'test/kernels/{competitiveLayer,raceLayer}.spec.ts',
  'test/circuits/runComposed.spec.ts',
  'property-tests/{limits,pairings,validators}.spec.ts',
];

/** What the kernels in memory take, and messages that tell values at hand: webgpu takes other things at once, and has none at hand. */
const inMemory = [
  'test/core/{edges,validation}.spec.ts',
  'test/networks/latency/arguments.spec.ts',
  'test/{rules/ways,traces/pairedTrace,updates/fusedChange,kernels/sparse,kernels/programs}.spec.ts',
];

/** Bytes of files, and kernels by themselves, which no backend could change: on wasm, and in a page. */
const files = [
  'test/{events,formats,state,circuits,data}/**',
  'test/papers/circuits.spec.ts',
  'test/kernels/{latency,plainSteps,plainChange,plainWords,readoutRows,arena}.spec.ts',
];

/** Thousands of steps: minutes in software on webgpu, where kernelsAgree.spec.ts trains a shorter one. */
const long = [
  'test/networks/checkpoints.spec.ts',
  'test/networks/nir/nirFromLayers.spec.ts',
  'test/networks/latency/{trainNetwork,longTraining,limits,given,firstSpikeReadout,voteReadout,branches,mapThresholds,control,colours}.spec.ts',
  'property-tests/ruleGradients.spec.ts', // gradients use no kernels; there gradients.spec.ts asks for them
  'test/rules/completeWiring.spec.ts', // no kernel of webgpu knows listed synapses: compositions, as on wasm
];

const [golden, conformance] = ['test/golden/**/*.spec.ts', 'property-tests/conformance.spec.ts'];

/** Many random cases of what is plain operations of tfjs: a browser runs the same ones as Node, where these are tried on each backend. */
const operations = [
  'property-tests/{conformance,publicCalls,gradients,ruleGradients,wirings,perNeuron,perSynapse,*Values}.spec.ts',
];

/** What Chromium's own WebGPU could do otherwise than Dawn in Node, where all specs run: shaders, buffers and their readings. */
const shaders = [
  'test/{backends,kernels,core}/**/*.spec.ts',
  'test/golden/{norse,pysnn,spyketorch}.spec.ts',
  'test/networks/latency/kernelsAgree.spec.ts',
];

/**
 * What has to hold with the kernels off as well, where all is a composition of TensorFlow.js operations. The laws are
 * asked on cpu, which is quickest, and compare with wasm; on webgpu gradients are the same with kernels on, because they never use them.
 */
const composed = {
  cpu: [golden, conformance],
  wasm: [golden, 'property-tests/gradients.spec.ts'],
  webgpu: ['test/golden/{norse,pysnn}.spec.ts'], // the same operations as on wasm, in software: minutes for all peers
};

/** Long enough for a machine with other work: what takes minutes is known by its time, not by a failure. */
const patience = { testTimeout: 300_000, hookTimeout: 300_000 };

/** Specs on a backend. Files share their worker's modules: to load tfjs anew took longer than the tests. */
function target(
  name: Target,
  backend: keyof typeof composed,
  { kernels = true, ...more }: { readonly kernels?: boolean; readonly browser?: object } = {},
) {
  const [title, why] = [kernels ? name : `${name} without kernels`, missing(name)];
  if (why !== undefined) {
    console.warn(`skipped: ${title}, ${why}`);
    return { test: { name: title, include: ['test/missing.spec.ts'], env: { MISSING: why } } };
  }
  return {
    test: {
      name: title,
      include: !kernels
        ? composed[backend]
        : name === 'chromium-webgpu'
          ? shaders
          : ['test/**/*.spec.ts', 'property-tests/**/*.spec.ts'],
      exclude: [
        'test/{node,services}/**',
        'test/missing.spec.ts',
        ...['wasm', 'webgpu'].filter((other) => other !== backend).map((other) => `test/backends/${other}/**`),
        ...(name === 'wasm' ? [] : once),
        ...(backend === 'wasm' ? [] : files),
        ...(backend === 'webgpu' ? [...long, ...inMemory] : []),
        ...(name.startsWith('chromium') ? operations : []),
      ],
      setupFiles: ['test/backend.ts'],
      ...patience,
      isolate: false,
      env: { BACKEND: backend, KERNELS: kernels ? 'on' : 'off', ...softwareVulkan },
      ...more,
    },
  };
}

/** A page of its own for every project: Vitest writes into what it is given. */
const inChromium = () => ({
  browser: {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: chromium }),
    instances: [{ browser: 'chromium' as const }],
  },
});

/** What Vite bundles for the browser at once; found one by one, each would reload the page. */
const served = {
  // Only an isolated page may have threads, and only there tfjs takes its threaded build of wasm.
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-core/dist/register_all_gradients.js',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
      'fast-check',
      'fp-ts/lib/Either.js',
      'fp-ts/lib/Option.js',
      'fp-ts/lib/function.js',
    ],
  },
};

/**
 * Projects that run together; the next ones wait, so that no more is at work than the machine has cores. A test that expects
 * nothing fails.
 */
const together = (order: number, ...projects: readonly { readonly test: object }[]) =>
  projects.map(({ test, ...project }) => ({
    ...project,
    test: { ...test, expect: { requireAssertions: true }, sequence: { groupOrder: order } },
  }));

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      ...together(
        1,
        target('cpu', 'cpu'),
        target('wasm', 'wasm'),
        target('webgpu', 'webgpu'),
        target('cpu', 'cpu', { kernels: false }),
        target('wasm', 'wasm', { kernels: false }),
        target('webgpu', 'webgpu', { kernels: false }),
        {
          test: {
            name: 'node',
            include: ['test/node/**/*.spec.ts'],
            exclude: ['test/node/lab/**'],
            ...patience,
            env: softwareVulkan,
          },
        },
      ),
      ...together(2, {
        test: { name: 'services', include: ['test/services/**/*.spec.ts'], ...patience },
      }),
      ...together(2, {
        test: { name: 'lab', include: ['test/node/lab/**/*.spec.ts'], globalSetup: 'test/node/lab/buildOnce.ts', ...patience },
      }),
      ...together(
        3,
        { ...served, ...target('chromium-wasm', 'wasm', inChromium()) },
        { ...served, ...target('chromium-webgpu', 'webgpu', inChromium()) },
      ),
    ],
  },
});
