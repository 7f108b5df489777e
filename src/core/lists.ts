/** Whether it is a list and each entry is accepted. A hole (`[1, , 3]`) is an entry too, undefined, which `every` would skip. */
export const isListOf = (value: unknown, accepts: (entry: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.findIndex((entry) => !accepts(entry)) < 0;
