import { useData } from 'vitepress';
import { defineComponent, h, onMounted, shallowRef, type VNode } from 'vue';
import { draw } from '../cells/draw.js';
import type { Figure } from '../cells/figure.js';
import { addCell, cells, edit, reset, run, running, share, stop, takeAddress } from './pageCells.js';

/** A block of code that runs: a text to change, its buttons, and under it what it prints and draws. */
export const Cell = defineComponent({
  props: { index: { type: Number, required: true }, code: { type: String, required: true } },
  setup({ index, code }) {
    const { site } = useData();
    addCell(index, code);
    onMounted(() => takeAddress(index));
    const start = (): Promise<void> => run(index, new URL(`${site.value.base}library/`, location.href).href);
    const view = () => cells.value[index] ?? { original: code, code, outputs: [], word: '' };
    const onKeydown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      start();
    };
    return () => {
      const { code: text, original, outputs, word } = view();
      const name = `Cell ${index + 1}`;
      const runs = running.value === index;
      return h('section', { class: 'cell', 'aria-label': name }, [
        h('textarea', {
          value: text,
          rows: text.trimEnd().split('\n').length,
          spellcheck: false,
          autocapitalize: 'off',
          autocomplete: 'off',
          wrap: 'off',
          'aria-label': `Code of ${name.toLowerCase()}; Control and Enter run it`,
          onInput: ({ target }: Event) => edit(index, (target as HTMLTextAreaElement).value),
          onKeydown,
        }),
        h('div', { class: 'bar' }, [
          runs ? button('Stop', () => stop(index)) : button('Run', start),
          button('Reset', () => reset(index), text === original && outputs.length === 0 && word === ''),
          button('Share', () => share(index)),
          h('span', { role: 'status' }, word),
        ]),
        ...outputs.map((output) =>
          output.kind === 'text' ? h('pre', { class: 'printed' }, output.text) : h(Drawing, { figure: output.figure }),
        ),
      ]);
    };
  },
});

const button = (name: string, onClick: () => unknown, disabled = false): VNode =>
  h('button', { type: 'button', onClick, disabled }, name);

/** A figure, once what draws it is there. */
const Drawing = defineComponent({
  props: { figure: { type: Object as () => Figure, required: true } },
  setup({ figure }) {
    const place = shallowRef<HTMLElement>();
    onMounted(async () => place.value?.replaceChildren(await draw(figure)));
    return () => h('div', { class: 'drawn', ref: place });
  },
});
