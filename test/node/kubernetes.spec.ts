import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exitCodes } from '../../src/cli/exitCodes.js';
import { stdp } from './program.js';

const { apiVersion, kind, spec } = parse(
  readFileSync(new URL('../../examples/kubernetes/sweep.yaml', import.meta.url), 'utf8'),
) as {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly completionMode: string;
    readonly completions: number;
    readonly backoffLimitPerIndex: number;
    readonly podFailurePolicy: { readonly rules: readonly object[] };
    readonly template: { readonly spec: { readonly restartPolicy: string; readonly containers: readonly Container[] } };
  };
};
interface Container {
  readonly name: string;
  readonly command: readonly string[];
}

describe('examples/kubernetes/sweep.yaml', () => {
  it('is an indexed job whose parts are tried again each by itself, but for what would fail again', () => {
    expect([apiVersion, kind, spec.completionMode]).toEqual(['batch/v1', 'Job', 'Indexed']);
    expect(spec.backoffLimitPerIndex).toBeGreaterThan(0);
    // Kubernetes takes a policy of failures for pods only that it doesn't start again itself.
    expect(spec.template.spec.restartPolicy).toBe('Never');
    const names = spec.template.spec.containers.map(({ name }) => name);
    const [refused] = exitCodes.filter(([, meaning]) => meaning.startsWith('refused'));
    const onExitCodes = { containerName: names[0], operator: 'In', values: [Number(refused?.[0])] };
    expect(spec.podFailurePolicy.rules).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
      { action: 'FailIndex', onExitCodes },
    ]);
  });

  it('calls the program as it is, for as many parts as the job has', async () => {
    const [container] = spec.template.spec.containers;
    const [program, ...args] = container?.command ?? [];
    expect(program).toBe('stdp');
    expect(args.slice(args.indexOf('--of'), args.indexOf('--of') + 2)).toEqual(['--of', String(spec.completions)]);
    const { code, err } = await stdp(args.map((arg) => (arg === '$(JOB_COMPLETION_INDEX)' ? '0' : arg)));
    expect([code, err]).toEqual([2, expect.stringContaining('/sweep/maps holds no sweep')]);
  });
});
