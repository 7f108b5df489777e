import type { Link } from '../link.js';
import { Notice } from '../ui/Notice.js';
import { pathOf, saysValue } from './params.js';
import type { RuleSchema } from './protocol.js';

interface WrongLinkProps {
  readonly rules: readonly RuleSchema[];
  readonly chosen: RuleSchema;
  readonly link: Link;
}

/** What the address says of rules and parameters that there aren't, or of values that they can't take. */
export function WrongLink({ rules, chosen, link }: WrongLinkProps) {
  const wrong = rules.some(({ name }) => name === link.rule)
    ? Object.entries(link.params).flatMap(([path, text]) => {
        const param = chosen.params.find((known) => pathOf(known) === path);
        if (param === undefined) return [`${chosen.name} has no parameter ${path}`];
        return saysValue(param, text) ? [] : [`${path} can't be ${text}`];
      })
    : [`there is no rule ${link.rule}, ${chosen.name} is shown`];
  return wrong.length === 0 ? null : <Notice kind="problem">The address says what can't be: {wrong.join('; ')}.</Notice>;
}
