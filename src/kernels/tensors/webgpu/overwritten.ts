import type { WebgpuBackend } from './webgpuBackend.js';

/** How often each tensor's data were overwritten, by its identity. */
const overwrites = new WeakMap<object, number>();
const attended = new WeakSet<WebgpuBackend>();

/**
 * What is read of a tensor tfjs keeps, and answers the next time. To be called after a tensor was overwritten: forgets what was
 * kept, and what a reading that is under way would keep.
 */
export function forgetReadings(backend: WebgpuBackend, dataId: object): void {
  overwrites.set(dataId, (overwrites.get(dataId) ?? 0) + 1);
  backend.tensorMap.get(dataId).values = null;
  if (!attended.has(backend)) attend(backend);
}

/** Lets a backend keep what it reads only where that is still true when it arrives. */
function attend(backend: WebgpuBackend): void {
  attended.add(backend);
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    const begun = overwrites.get(dataId);
    const data = backend.tensorMap.get(dataId);
    if (begun === undefined || !data.resource || (data.values ?? null) !== null) return read(dataId);
    const values = new Float32Array(await backend.getBufferData(data.resource));
    if (overwrites.get(dataId) === begun) data.values = values;
    return values;
  };
}
