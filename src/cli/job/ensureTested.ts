import { ensure } from '../../core/errors.js';
import type { Tester } from '../../io/kinds/networkKind.js';
import { kindOf, type Run } from '../../io/kinds/networkKinds.js';
import { commandLine } from '../commandLine.js';

/** How a run is tested. @throws {StdpError} when it was not read out yet, which a test and every answer needs. */
export function ensureTested(run: Run, folder: string, where: string): Tester {
  const tester = kindOf(run).tester(run);
  const goOn = () => `was interrupted before it could be tested; go on with: ${commandLine(['train', '--resume', folder])}`;
  ensure(tester !== undefined, where, folder, goOn);
  return tester;
}
