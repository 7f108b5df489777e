import type { ComponentChildren } from 'preact';

interface NoticeProps {
  readonly kind: 'problem' | 'hint';
  readonly children: ComponentChildren;
  readonly onClose?: () => void;
}

/** Something that the user should know; a problem is announced at once. */
export const Notice = ({ kind, children, onClose }: NoticeProps) => (
  <div class={`notice ${kind}`} role={kind === 'problem' ? 'alert' : undefined}>
    <div>{children}</div>
    {onClose && (
      <button type="button" class="quiet" onClick={onClose}>
        Dismiss
      </button>
    )}
  </div>
);
