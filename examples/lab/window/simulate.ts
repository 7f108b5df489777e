import { ruleFromJSON, stdpWindow } from 'tfjs-stdp';
import { closedForm } from './closedForm.js';
import type { WindowReply, WindowRequest } from './protocol.js';

/** Steps on either side of Δt = 0: more take too long to wait for. */
const mostSteps = 400;

/** The window of a rule by simulation and, where there is one, by formula. */
export async function simulate(request: WindowRequest): Promise<Extract<WindowReply, { readonly type: 'window' }>> {
  const { rule: name, params, w0, reward, range } = request;
  const rule = ruleFromJSON({ rule: name, params, topology: { type: 'dense' } });
  const complete = { ...rule.params } as WindowRequest['params'];
  const dt = Number(complete['dt'] ?? 1);
  const { tauEligibility = 0 } = complete;
  const { times, changes } = await stdpWindow(rule, {
    dt,
    w0,
    reward,
    range: Math.max(dt, Math.min(range, mostSteps * dt)),
    rewardIn: name === 'rewardStdp' ? 'lastStep' : 'everyStep',
    after: Math.min(10 * Number(tauEligibility), 1000 * dt),
  });
  const { text, change } = closedForm(name, complete, { w0, reward });
  return { type: 'window', times, changes, formula: { text, changes: change && Float64Array.from(times, change) } };
}
