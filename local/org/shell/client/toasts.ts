import type { ToastConfig } from './platform/platform-show-toast-event.ts';
import { ShowToastEventName } from './platform/platform-show-toast-event.ts';

/** `{0}` in a message stands for the first of its data. */
function messageOf({ message, messageData }: ToastConfig): string | undefined {
  return message?.replace(/\{(\d+)\}/g, (whole, index) => {
    const part = messageData?.[Number(index)];
    return part === undefined ? whole : typeof part === 'string' ? part : part.label;
  });
}

/** Shows what components tell by `ShowToastEvent`, with the genuine toast. */
export function showToasts(): void {
  addEventListener(
    ShowToastEventName,
    (event) => {
      const toast = (event as CustomEvent<ToastConfig>).detail;
      // The base components send events of this name to themselves, with a label.
      if (typeof toast?.title !== 'string') return;
      event.stopImmediatePropagation();
      const message = messageOf(toast);
      const { title: label, variant = 'info', mode = 'dismissible' } = toast;
      void import('lightning/toast').then(({ default: Toast }) =>
        Toast.show({ label, ...(message === undefined ? {} : { message }), variant, mode }),
      );
    },
    true,
  );
}
