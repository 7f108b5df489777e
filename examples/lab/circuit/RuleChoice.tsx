import { ruleNames } from './spec.js';

interface RuleChoiceProps {
  readonly name: string;
  readonly title: string;
  readonly rule: string | undefined;
  readonly onRule: (rule: string) => void;
}

/** The rule by which a projection learns. */
export function RuleChoice({ name, title, rule, onRule }: RuleChoiceProps) {
  const known = rule === undefined || ruleNames.some((known) => known === rule) ? ruleNames : [rule, ...ruleNames];
  return (
    <label class="rule-choice">
      <span>
        {name} <small>{title}</small>
      </span>
      <select value={rule ?? ''} onChange={({ currentTarget }) => onRule(currentTarget.value)}>
        <option value="">does not learn</option>
        {known.map((rule) => (
          <option key={rule} value={rule}>
            {rule}
          </option>
        ))}
      </select>
    </label>
  );
}
