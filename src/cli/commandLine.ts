import { basename, dirname, relative } from 'node:path';
import { shellWords } from '../sweep/shellWords.js';

/** What started this process. */
export interface Call {
  /** The script, as Node was given it. */
  readonly script: string;
  readonly directory: string;
  /** Name of npm's script, when npm runs one of a package. */
  readonly lifecycle: string | undefined;
}

const thisCall = (): Call => ({
  script: process.argv[1] ?? 'stdp',
  directory: process.cwd(),
  lifecycle: process.env['npm_lifecycle_event'],
});

/** The names of the program. Only the first is a package that `npx` can fetch where it finds no such program: `stdp` is another's. */
const [ofPackage, short] = ['tfjs-stdp', 'stdp'] as const;

/**
 * A command of this program as whoever reads a hint can give it: by the way in which the program itself was called, since its
 * name alone is found only where the package is installed for all.
 *
 * @param args  of the command, `['train', '--resume', folder]`.
 * @example
 * commandLine(['params'], { script: '/a/node_modules/.bin/stdp', directory: '/a', lifecycle: undefined });   // => 'npx tfjs-stdp params'
 */
export function commandLine(args: readonly string[], { script, directory, lifecycle }: Call = thisCall()): string {
  const name = basename(script);
  if (name === ofPackage || name === short)
    return shellWords(basename(dirname(script)) === '.bin' ? ['npx', ofPackage, ...args] : [name, ...args]);
  // `npm start` trains: other commands are called beside it.
  const [first, ...rest] = args;
  if (lifecycle === 'start') return shellWords(first === 'train' ? ['npm', 'start', '--', ...rest] : ['npx', ofPackage, ...args]);
  return shellWords(['node', near(script, directory), ...args]);
}

/** The shorter of the two ways to name a file. */
function near(file: string, directory: string): string {
  const way = relative(directory, file);
  return way.length < file.length ? way : file;
}
