import { useEffect, useMemo, useRef } from 'preact/hooks';
import { downloadJson, downloadSvg } from '../download.js';
import type { Link } from '../link.js';
import { Formula } from '../ui/Formula.js';
import { Notice } from '../ui/Notice.js';
import { NumberControl } from '../ui/NumberControl.js';
import { ParamControl } from './ParamControl.js';
import { isUnfelt, paramsOf, paramValue, pathOf, withTold } from './params.js';
import type { ParamSchema, RuleSchema } from './protocol.js';
import { Symbols } from './Symbols.js';
import type { WindowView } from './useWindow.js';
import { WindowFigure } from './WindowFigure.js';
import { WrongLink } from './WrongLink.js';

interface WindowPanelProps {
  readonly windows: WindowView;
  readonly link: Link;
  readonly onLink: (change: Partial<Link>) => void;
}

/** What a pair of spikes does to a weight, under any rule. */
export function WindowPanel({ windows, link, onLink }: WindowPanelProps) {
  const { rules, curves, refusal, ask } = windows;
  const chosen = rules.find(({ name }) => name === link.rule) ?? rules.find(({ name }) => name === 'pairStdp');
  const params = useMemo(() => chosen && paramsOf(chosen, link.params), [chosen, link.params]);
  const w0 = link.w0 ?? (chosen?.learns === 'delay' ? 5 : 0.5);
  const { reward, range } = link;
  useEffect(() => {
    if (chosen && params) ask({ rule: chosen.name, params, w0, reward, range });
  }, [chosen, params, w0, reward, range, ask]);
  const svg = useRef<SVGSVGElement>(null);
  const save = (): void => {
    if (chosen && params)
      downloadJson(`${chosen.name}.json`, JSON.stringify({ rule: chosen.name, params, topology: { type: 'dense' } }, null, 2));
  };
  return (
    <div class="panel window">
      <section class="stage" aria-labelledby="window-title">
        <h2 id="window-title">What one pair of spikes changes</h2>
        <p class="lead">
          One input and one output spike, Δt apart. To the right of 0 the input came first, which as a rule strengthens; to the
          left it came too late.
        </p>
        {chosen && <WrongLink rules={rules} chosen={chosen} link={link} />}
        {refusal !== undefined && <Notice kind="problem">{refusal}</Notice>}
        {curves && chosen ? (
          <>
            <WindowFigure curves={curves} learns={chosen.learns} svg={svg} />
            <p class="legend">
              <span>
                <i class="dot first" /> by simulation
              </span>
              {curves.formula.changes && (
                <span>
                  <i class="line second" /> by formula
                </span>
              )}
            </p>
            <Formula text={curves.formula.text} />
            <Symbols formula={curves.formula.text} rule={chosen} />
          </>
        ) : (
          <p class="empty">Computing …</p>
        )}
        <div class="row">
          <button type="button" disabled={!chosen} onClick={save}>
            Save parameters (JSON)
          </button>
          <button type="button" disabled={!curves} onClick={() => svg.current && downloadSvg(`${chosen?.name}.png`, svg.current)}>
            Save picture (PNG)
          </button>
        </div>
      </section>
      {chosen && (
        <aside class="side">
          <RuleChoice rules={rules} chosen={chosen} onRule={(rule) => onLink({ rule, params: {}, w0: undefined })} />
          <section aria-label="The pair" class="params">
            <NumberControl
              id="w0"
              name={chosen.learns === 'delay' ? 'delay before the pair' : 'weight before the pair'}
              unit={chosen.learns === 'delay' ? 'ms' : ''}
              help="What the pair finds."
              value={w0}
              {...weightRange(chosen, link)}
              onValue={(value) => onLink({ w0: value })}
            />
            {chosen.rewarded && (
              <NumberControl
                id="reward"
                name="reward"
                unit=""
                help="A negative one punishes."
                value={reward}
                min={-2}
                max={2}
                step={0.1}
                onValue={(value) => onLink({ reward: value })}
              />
            )}
            <NumberControl
              id="range"
              name="shown up to"
              unit="ms"
              help="The largest |Δt|."
              value={range}
              min={10}
              max={200}
              step={10}
              onValue={(value) => onLink({ range: value })}
            />
          </section>
          <ParamList rule={chosen} link={link} onLink={onLink} />
        </aside>
      )}
    </div>
  );
}

/** Between its bounds, where a rule has them. */
function weightRange({ params, learns }: RuleSchema, { params: told }: Link) {
  const bound = (name: string, without: number): number => {
    const param = params.find(({ path }) => path[0] === name);
    return param === undefined ? without : Number(paramValue(param, told));
  };
  const [min, max] = learns === 'delay' ? [0, bound('maxDelay', 20)] : [bound('wMin', 0), bound('wMax', 1)];
  return { min, max, step: (max - min) / 100 };
}

interface RuleChoiceProps {
  readonly rules: readonly RuleSchema[];
  readonly chosen: RuleSchema;
  readonly onRule: (rule: string) => void;
}

const RuleChoice = ({ rules, chosen, onRule }: RuleChoiceProps) => (
  <section aria-label="Which rule" class="rule">
    <label for="rule">Rule</label>
    <select id="rule" value={chosen.name} onChange={({ currentTarget }) => onRule(currentTarget.value)}>
      {rules.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
    <p class="hint">
      {chosen.summary}. {chosen.source}.
    </p>
  </section>
);

interface ParamListProps {
  readonly rule: RuleSchema;
  readonly link: Link;
  readonly onLink: (change: Partial<Link>) => void;
}

/** All parameters of a rule; those that a single pair does not feel are folded away. */
function ParamList({ rule, link, onLink }: ParamListProps) {
  const control = (param: ParamSchema) => (
    <ParamControl
      key={pathOf(param)}
      param={param}
      value={paramValue(param, link.params)}
      onValue={(value) => onLink({ params: withTold(link.params, param, value) })}
    />
  );
  const unfelt = rule.params.filter((param) => isUnfelt(param, rule));
  return (
    <section aria-label="Parameters" class="params">
      {rule.params.filter((param) => !isUnfelt(param, rule)).map(control)}
      {unfelt.length > 0 && (
        <details>
          <summary>Not felt by a single pair</summary>
          {unfelt.map(control)}
        </details>
      )}
      <button type="button" disabled={Object.keys(link.params).length === 0} onClick={() => onLink({ params: {} })}>
        Defaults
      </button>
    </section>
  );
}
