import { StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';
import { ruleNames } from '../rules/ruleFromJSON.js';
import { CommanderError } from '../vendor/commander.js';
import { printable } from './text.js';

/** How the program may end, for `--help`. */
export const exitCodes = [
  ['0', 'done'],
  ['1', 'unexpected: a fault of the program'],
  ['2', 'refused: an option, a file or data that does not fit; stderr says in one line which'],
  ['129, 130, 141, 143', 'ended by SIGHUP, Ctrl-C, a reader that has gone, SIGTERM; what was learned is saved'],
] as const;

/** Names of functions, and of the program: of no use to who gave a command. Places in data (`network.layers[0]`) stay. */
const isOfProgram = (where: string): boolean => /^(?:[a-zA-Z]\w*|stdp [a-z]+|tfjs-stdp)$/.test(where) && where !== 'network';

/** What a refusal says at the command line: `--train asks for 5 images, …`. */
const refusalText = ({ message, where }: StdpError): string =>
  isOfProgram(where) && message.startsWith(`${where}: `) ? message.slice(where.length + 2) : message;

/** What the system refused about a file, a disk or a connection, in its own words. */
const isOfSystem = (reason: unknown): boolean => reason instanceof Error && 'syscall' in reason && 'code' in reason;

/** Whether a list of parameters helps against it. */
const isOfParameters = ({ where, argument }: StdpError): boolean =>
  argument === '--set' || /^(?:network|layers)\b/.test(where) || ruleNames.includes(where);

/**
 * The one place where a command that fails is told of, in one line on stderr, and gets its exit code.
 *
 * @param hint  the command that lists the parameters.
 */
export function exitCodeOf(reason: unknown, hint: string | undefined): number {
  if (reason instanceof CommanderError) return reason.exitCode === 0 ? 0 : 2;
  if (reason instanceof StdpError) {
    const help = hint === undefined || !isOfParameters(reason) ? '' : `; try ${hint}`;
    process.stderr.write(`error: ${printable(refusalText(reason))}${help}\n`);
    return 2;
  }
  if (isOfSystem(reason)) {
    process.stderr.write(`error: ${printable(messageOf(reason).replace(/^(E\w+): (.*)$/, '$2 ($1)'))}\n`);
    return 2;
  }
  const stack = process.env['STDP_STACK'] && reason instanceof Error ? `\n${reason.stack}` : '';
  const text = `${reason instanceof Error ? `${reason.name}: ` : ''}${messageOf(reason)}`;
  const report = 'please report it with the command and what it prints under STDP_STACK=1';
  process.stderr.write(`unexpected error: ${printable(text)}; ${report}${stack}\n`);
  return 1;
}
