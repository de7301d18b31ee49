import { LightningElement, api } from 'lwc';

const icons = {
  info: 'utility:info',
  success: 'utility:success',
  warning: 'utility:warning',
  error: 'utility:error',
} as const;

/** A sentence with a next step. With `announce`, screen readers say it as it appears. */
export default class PlumblineNotice extends LightningElement {
  @api variant: keyof typeof icons = 'info';
  @api message = '';
  @api nextStep = '';
  @api announce = false;

  get icon(): string {
    return icons[this.variant];
  }

  get announcedAs(): string | undefined {
    if (!this.announce) return undefined;
    return this.variant === 'error' ? 'alert' : 'status';
  }

  get className(): string {
    return `notice notice_${this.variant}`;
  }
}
