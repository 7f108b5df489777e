import { ruleFromJSON, ruleNames } from 'tfjs-stdp';
import * as library from 'tfjs-stdp/rules';
import type { RuleDocs } from '../build/ruleDocs.js';
import { withValue } from './params.js';
import type { ParamSchema, Params, ParamValue, RuleSchema } from './protocol.js';

const dense = { type: 'dense' } as const;

/** All of a kernel by name: its optional fields are in no default. */
const kernelExtras = { tauRise: 5, exponent: 1 };

/** Every rule with its parameters, from the rules themselves: defaults, choices, units and words. */
export async function ruleSchemas(docs: RuleDocs): Promise<readonly RuleSchema[]> {
  return Promise.all(
    ruleNames.map(async (name) => ({
      name,
      summary: docs.rules[name]?.summary ?? '',
      source: docs.rules[name]?.source.split(/;| \(|\.$/)[0] ?? '',
      params: paramsOf(name, docs),
      rewarded: ruleFromJSON({ rule: name, params: {}, topology: dense }).reads.includes('reward'),
      learns: name.endsWith('Delay') ? ('delay' as const) : ('weight' as const),
    })),
  );
}

/** The defaults that a rule exports beside itself. */
const defaultsOf = (rule: string): Params =>
  (library as unknown as { readonly [name: string]: Params | undefined })[`${rule}Defaults`] ?? {};

function paramsOf(rule: string, docs: RuleDocs): readonly ParamSchema[] {
  const record = `${rule[0]?.toUpperCase()}${rule.slice(1)}Params`;
  return Object.entries(defaultsOf(rule)).flatMap(([name, value]) => {
    if (typeof value !== 'object') return [control(rule, [name], value, docs.records[record]?.[name] ?? '')];
    const whole: Params = { ...value, ...kernelExtras };
    return Object.entries(whole).flatMap(([part, inner]) =>
      typeof inner === 'object' ? [] : [control(rule, [name, part], inner, docs.records['NamedKernel']?.[part] ?? '')],
    );
  });
}

function control(rule: string, path: readonly string[], value: ParamValue, description: string): ParamSchema {
  const shared = { path, description, unit: unitOf(path.at(-1) ?? '', description) };
  if (typeof value === 'number') return { ...shared, kind: 'number', value };
  if (typeof value === 'boolean') return { ...shared, kind: 'flag', value };
  const choices = choicesOf(rule, path);
  return choices.length > 0 ? { ...shared, kind: 'choice', value, choices } : { ...shared, kind: 'text', value };
}

/** The unit that a description names outside parentheses; time constants are in ms. */
function unitOf(name: string, description: string): string {
  const told = /(?:^|[ ,])(ms|mV|Hz|1\/mV²|1\/mV)(?=[ .,;:]|$)/.exec(description.replace(/\(.*?\)/g, ''))?.[1];
  return told ?? (name.startsWith('tau') ? 'ms' : '');
}

/** The names that a parameter may have: a rule that refuses one tells them. */
function choicesOf(rule: string, path: readonly string[]): readonly string[] {
  const message = refusal(rule, withValue(defaultsOf(rule), path, '?'));
  const told =
    path.length > 1 ? /kernel must be ([^)]*), got/.exec(message)?.[1] : /must be one of (.*), got|$/.exec(message)?.[1];
  return Array.from((told ?? '').split(' or ')[0]?.matchAll(/'(\w+)'/g) ?? [], ([, name = '']) => name);
}

const refusal = (rule: string, params: Params): string => {
  try {
    ruleFromJSON({ rule, params, topology: dense });
    return '';
  } catch (reason) {
    return reason instanceof Error ? reason.message : '';
  }
};
