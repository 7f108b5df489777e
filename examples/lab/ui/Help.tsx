/** The id of what helps with a control. */
export const helpOf = (id: string): string => `${id}-help`;

/** What a control does: shown while a pointer or the keyboard is at it, and read aloud with it. */
export const Help = ({ of, text }: { readonly of: string; readonly text: string }) => (
  <small class="help" id={helpOf(of)}>
    {text}
  </small>
);
