/**
 * A compute shader in the frame that tfjs gives it: `result` is the output, each input an array by its name, each uniform
 * `uniforms.name`. What was cast from integers or truth values may still be an array of integers: inputs are read as f32(…).
 */
export interface Shader {
  /** What it does; shaders of one name and one set of choices have the same code. */
  readonly name: string;
  /** What else the code depends on. */
  readonly choices: readonly (string | number | boolean)[];
  /** Names of the input arrays. */
  readonly inputs: readonly string[];
  /** Shape of the output. */
  readonly shape: readonly number[];
  /** Numbers by name: integers begin with n, all others are floats. */
  readonly uniforms?: { readonly [name: string]: number };
  /** How many run; each is told its `index`. Default one for each value of the output. */
  readonly threads?: number;
  /** With 4, `result` and the inputs named here are arrays of vec4<f32>, which their sizes must allow. */
  readonly lanes?: { readonly count: 4; readonly inputs: readonly string[] };
  /**
   * WGSL of `fn main(index : i32)`, and of functions that it calls. A product that is added is written fma(…): a compiler may contract
   * x·y + z in one shader and not in another, and the last bit of a scan would not be that of its steps.
   */
  readonly code: string;
}

/** Rows of w that one thread works on: what it reads of a column then serves all of them. On an H200 eight were best. */
export const tileRows = 8;

/** Code that is written out once for each row of a tile. */
export const eachOf =
  (tile: number) =>
  (code: (row: number) => string): string =>
    Array.from({ length: tile }, (_, row) => code(row)).join('\n    ');

/** Threads that run together. */
const workgroup = 64;

/** The shader as a program of tfjs-backend-webgpu. */
export function programOf({ name, choices, inputs, shape, uniforms = {}, threads, lanes, code }: Shader) {
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    variableNames: [...inputs],
    outputShape: [...shape],
    shaderKey: `stdp_${name}_${choices.join('_')}`,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil((threads ?? size) / workgroup), 1, 1] as [number, number, number],
    workgroupSize: [workgroup, 1, 1] as [number, number, number],
    uniforms: Object.keys(uniforms)
      .map((uniform) => `${uniform} : ${uniform.startsWith('n') ? 'i32' : 'f32'},`)
      .join(' '),
    size: true,
    outputComponent: lanes?.count ?? 1,
    variableComponents: inputs.map((input) => (lanes?.inputs.includes(input) ? lanes.count : 1)),
    getUserCode: () => code,
  };
}
