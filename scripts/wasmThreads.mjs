// On cross-origin isolated pages TensorFlow.js hands the text of a function to its threads. The function looks whether a
// variable from outside of it is there; minified, it takes the variable for granted, and every thread dies of it.
const looks = 'if(typeof _scriptDir !== "undefined" && _scriptDir){scriptDirectory=_scriptDir}';

/**
 * Leaves that look out: it repeats what the function finds by itself.
 *
 * @returns {import('vite').Plugin}
 */
export const wasmThreads = () => ({
  name: 'wasm-threads',
  transform: (code, id) => (id.includes('tfjs-backend-wasm-threaded-simd') ? code.replace(looks, '') : undefined),
});
