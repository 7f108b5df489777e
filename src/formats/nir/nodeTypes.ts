/** What a type of node needs; and what it may leave out, with what it is then, for each neuron: undefined means nothing. */
interface NodeType {
  readonly needs: readonly string[];
  readonly mayHave?: { readonly [name: string]: { readonly of: string; readonly value: number } | undefined };
}

const reset = { v_reset: { of: 'v_threshold', value: 0 } };
const gain = { w_in: { of: 'tau_mem', value: 1 } };
const current = ['tau_syn', 'tau_mem', 'r', 'v_leak'];
const convolution = ['weight', 'stride', 'padding', 'dilation', 'groups', 'bias'];
const pool = ['kernel_size', 'stride', 'padding'];

/** The types of nodes that are read and written, with the names that the reference gives their parameters. */
export const nodeTypes: { readonly [type: string]: NodeType | undefined } = {
  Input: { needs: ['shape'] },
  Output: { needs: ['shape'] },
  Linear: { needs: ['weight'] },
  Affine: { needs: ['weight', 'bias'] },
  Scale: { needs: ['scale'] },
  Threshold: { needs: ['threshold'] },
  Delay: { needs: ['delay'] },
  I: { needs: ['r'] },
  IF: { needs: ['r', 'v_threshold'], mayHave: reset },
  LI: { needs: ['tau', 'r', 'v_leak'] },
  LIF: { needs: ['tau', 'r', 'v_leak', 'v_threshold'], mayHave: reset },
  CubaLI: { needs: current, mayHave: gain },
  CubaLIF: { needs: [...current, 'v_threshold'], mayHave: { ...gain, ...reset } },
  Conv1d: { needs: convolution, mayHave: { input_shape: undefined } },
  Conv2d: { needs: convolution, mayHave: { input_shape: undefined } },
  SumPool2d: { needs: pool },
  AvgPool2d: { needs: pool },
  Flatten: { needs: ['start_dim', 'end_dim', 'input_type'] },
};

/** Whether every parameter of a type has the shape of its neurons. */
export const isElementwise = (type: string): boolean =>
  ['Scale', 'Threshold', 'Delay', 'I', 'IF', 'LI', 'LIF', 'CubaLI', 'CubaLIF'].includes(type);
