import { filledMaps, maps } from './field';

// Pooling: the next layer sees squares of neurons, laid from the top left corner; those that reach over the edge see what is there.

/** Squares along a side. */
@inline
export function pooledSize(size: i32, pool: i32): i32 {
  return (size + pool - 1) / pool;
}

/** Copies the bytes of all squares without the filling of the maps. */
export function compactSquares(squares: i32, bytes: usize, out: usize): void {
  const filled = filledMaps();
  if (filled === maps) memory.copy(out, bytes, squares * filled);
  else for (let i = 0; i < squares; i++) memory.copy(out + <usize>(i * maps), bytes + <usize>(i * filled), maps);
}
