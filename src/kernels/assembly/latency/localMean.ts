import { at } from '../lanes';

/**
 * Each value divided by the mean of the square of a radius around it, zeros outside the image, + 10⁻¹². The sums run in f64,
 * where those of float32 numbers of like size are exact.
 *
 * @param values   [height, width], ≥ 0.
 * @param out      receives them normalised; another place.
 * @param columns  scratch, 2 · width words.
 */
export function divideByMean(values: usize, height: i32, width: i32, radius: i32, out: usize, columns: usize): void {
  const area = <f64>((2 * radius + 1) * (2 * radius + 1));
  memory.fill(columns, 0, (<usize>width) << 3);
  for (let y = 0; y < min(radius, height); y++) addRow(at(values, y * width), width, 1, columns);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(at(values, (y + radius) * width), width, 1, columns);
    if (y > radius) addRow(at(values, (y - radius - 1) * width), width, -1, columns);
    let sum: f64 = 0;
    for (let x = 0; x < min(radius, width); x++) sum += columnSum(columns, x);
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += columnSum(columns, x + radius);
      if (x > radius) sum -= columnSum(columns, x - radius - 1);
      const value = load<f32>(at(values, y * width + x));
      store<f32>(at(out, y * width + x), value === 0 ? 0 : <f32>(<f64>value / (sum / area + 1e-12)));
    }
  }
}

@inline
function columnSum(columns: usize, x: i32): f64 {
  return load<f64>(columns + ((<usize>x) << 3));
}

@inline
function addRow(row: usize, width: i32, sign: f64, columns: usize): void {
  for (let x = 0; x < width; x++) {
    const column = columns + ((<usize>x) << 3);
    store<f64>(column, load<f64>(column) + sign * <f64>load<f32>(at(row, x)));
  }
}
