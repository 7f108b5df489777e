/** A formula as text, `^(…)` raised and `_x` lowered. */
export const Formula = ({ text }: { readonly text: string }) => (
  <p class="formula">
    {text
      .split(/(\^\((?:[^()]|\([^()]*\))*\)|\^\w+|_\w+)/)
      .map((part) =>
        part.startsWith('^') ? (
          <sup>{part.replace(/^\^\((.*)\)$|^\^/, '$1')}</sup>
        ) : part.startsWith('_') ? (
          <sub>{part.slice(1)}</sub>
        ) : (
          part
        ),
      )}
  </p>
);
