import { isLeft } from 'fp-ts/lib/Either.js';
import type { BackendName } from '../backends/useBackend.js';
import { StdpError } from '../core/errors.js';
import { paramsFromJSON } from '../core/params/paramsJson.js';
import { setAt } from '../core/setAt.js';
import { show } from '../core/show.js';
import { checksum } from '../io/checksum.js';
import { canonicalJson, networkFromJSON, networkToJSON } from '../io/kinds/networkJson.js';
import { kindOf, type Run } from '../io/kinds/networkKinds.js';
import { libraryVersion } from '../io/libraryVersion.js';
import type { Control } from '../networks/latency/control/control.js';
import { presetNetwork } from '../papers/presetNetwork.js';
import { presets } from '../papers/presets.js';
import { type Point, points } from './points.js';
import type { SweepData } from './sweepData.js';
import type { SweepSpec } from './sweepSpec.js';

/** All that the result of a run depends on, as plain JSON, complete. */
export interface RunRequest {
  /** Version of the library. */
  readonly version: string;
  readonly kind: Run['kind'];
  /** Complete and checked, as JSON: ±Infinity are texts. */
  readonly network: object;
  readonly seed: number;
  readonly data: SweepData;
  readonly control: Control;
  readonly backend: BackendName;
}

/** A run of a sweep. */
export interface PlannedRun {
  /** Name, the same for the same request; the letter r and 128 bits in hexadecimal digits. */
  readonly id: string;
  /** The values of the parameters that are swept. */
  readonly set: Point;
  readonly request: RunRequest;
}

/** The name of a request: the hash of all that the result depends on, of images by what they hold and not by where they lie. */
export function idOf({ data: { path: _, ...data }, ...request }: RunRequest): string {
  return `r${checksum(canonicalJson({ ...request, data })).slice(0, 32)}`;
}

/**
 * The runs that a spec asks for, one after the other, each once. Runs of one seed stand together, so that who does them draws the
 * embedded digits seldom: of a block of points, seed after seed.
 *
 * @throws {StdpError} when the network of a point can't be; it names the point.
 */
export function* planRuns(spec: SweepSpec, data: SweepData): Generator<PlannedRun> {
  const { kind: given = 'latency', preset, control, backend } = spec;
  const kind = preset === undefined ? given : presets[preset].kind;
  for (const option of ['control', 'backend'] as const)
    if (spec[option] !== (option === 'control' ? false : 'wasm') && !kindOf({ kind }).options.includes(option))
      throw new StdpError('sweep', option, `is not for ${kind} networks`);
  const planned = new Set<string>();
  for (const block of blocksOf(points(spec))) {
    const networks = block.map((set) => ({ set, network: networkAt(spec, kind, set) }));
    for (const seed of spec.seeds)
      for (const { set, network } of networks) {
        const request = { version: libraryVersion, kind, network, seed, data, control, backend };
        const id = idOf(request);
        if (planned.has(id)) continue;
        planned.add(id);
        yield { id, set, request };
      }
  }
}

/** Points whose networks are held in memory at a time. */
const blockSize = 1000;

function* blocksOf<T>(entries: Iterable<T>): Generator<readonly T[]> {
  let block: T[] = [];
  for (const entry of entries) {
    block.push(entry);
    if (block.length < blockSize) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

/** The complete network of a point, as JSON. */
function networkAt(spec: SweepSpec, kind: Run['kind'], point: Point): object {
  const settings = Object.entries(paramsFromJSON(point) as Point);
  const change = <T>(network: T): T =>
    settings.reduce<T>((changed, [path, value]) => {
      const refuse = (problem: string): never => {
        throw new StdpError('sweep', `set.${path}`, `can't be ${show(value)}: ${problem}`);
      };
      return setAt(changed, path.split('.'), () => value, refuse) as T;
    }, network);
  const network =
    spec.preset === undefined
      ? change(networkFromJSON({ name: spec.name ?? 'network', ...spec.network }))
      : presetNetwork(presets[spec.preset], spec.neurons, change);
  const validated = kindOf({ kind }).validate(network as object);
  if (isLeft(validated)) {
    const { where, argument, problem } = validated.left;
    const told = settings.map(([path, value]) => `${path} = ${show(value)}`).join(', ');
    throw new StdpError('sweep', told === '' ? 'network' : `set { ${told} }`, `can't be: ${where}: ${argument} ${problem}`);
  }
  return networkToJSON(validated.right);
}
