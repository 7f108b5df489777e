/**
 * Words as a shell takes them apart again.
 *
 * @example
 * shellWords(['ls', 'my folder']);   // => "ls 'my folder'"
 */
export const shellWords = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
