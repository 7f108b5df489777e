/** A value as a line of output: text as it is, a tensor by its shape, everything else as JSON with at most 100 entries a list. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (isTensor(value)) return `Tensor [${value.shape.join(', ')}]`;
  return JSON.stringify(value, (_key, inner) => short(inner)) ?? String(value);
}

const isTensor = (value: object): value is { readonly shape: readonly number[] } => 'dataId' in value && 'shape' in value;

function short(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && isTensor(value)) return show(value);
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return value;
  const list = Array.from(value as ArrayLike<unknown>);
  return list.length <= 100 ? list : [...list.slice(0, 100), `… ${list.length - 100} more`];
}
