import { element } from '../dom.ts';
import type { FieldInfo } from './object-info.ts';
import type { FieldValue } from './values.ts';

export interface PicklistValues {
  readonly picklistFieldValues: Readonly<
    Record<string, { readonly values: readonly { readonly label: string; readonly value: string }[] } | undefined>
  >;
}

/** One field of a form. */
export interface EditField {
  readonly root: HTMLElement;
  /** As the UI API takes it: null for none. */
  value(): unknown;
  isChanged(): boolean;
  /** Tells at the field why it was not saved; undefined takes that back. */
  refuse(message: string | undefined): void;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
  Date: 'date',
  DateTime: 'datetime-local',
  Time: 'time',
};

const NUMBERS = new Set(['Int', 'Double', 'Currency', 'Percent']);

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function control(field: FieldInfo, value: FieldValue['value'], picklists: PicklistValues, id: string): Control {
  const text = typeof value === 'object' ? '' : String(value);
  const common = { id, name: field.apiName, required: field.required };
  if (field.dataType === 'Picklist') {
    const { values = [] } = picklists.picklistFieldValues[field.apiName] ?? {};
    const known = values.some((each) => each.value === text);
    const kept = known || text === '' ? [] : [{ label: text, value: text }];
    const options = [{ label: '--None--', value: '' }, ...kept, ...values];
    return element(
      'select',
      { ...common, class: 'slds-select' },
      ...options.map((option) =>
        element('option', { value: option.value, selected: option.value === text }, option.label),
      ),
    );
  }
  if (field.dataType === 'TextArea') return element('textarea', { ...common, class: 'slds-textarea', rows: '3' }, text);
  if (field.dataType === 'Boolean')
    return element('input', { id, name: field.apiName, type: 'checkbox', checked: value === true });
  // The input of the browser has no zone; values are shown and taken in the org's, which is GMT.
  const shown = field.dataType === 'DateTime' ? text.slice(0, 16) : text;
  const type = NUMBERS.has(field.dataType) ? 'number' : (INPUT_TYPES[field.dataType] ?? 'text');
  return element('input', {
    ...common,
    class: 'slds-input',
    type,
    value: shown,
    ...(type === 'number' ? { step: 'any' } : {}),
  });
}

function valueOf(field: FieldInfo, input: Control): unknown {
  if (input instanceof HTMLInputElement && input.type === 'checkbox') return input.checked;
  if (input.value === '') return null;
  if (NUMBERS.has(field.dataType)) return Number(input.value);
  return field.dataType === 'DateTime' ? `${input.value}:00.000Z` : input.value;
}

/** Makes the input of a field, with its label. */
export function makeField(field: FieldInfo, value: FieldValue['value'], picklists: PicklistValues): EditField {
  const id = `org-field-${field.apiName}`;
  const input = control(field, value, picklists, id);
  const before = valueOf(field, input);
  const help = element('div', { class: 'slds-form-element__help', id: `${id}-help`, hidden: true });
  const required = field.required && element('abbr', { class: 'slds-required', title: 'required' }, '* ');
  const root = element(
    'div',
    { class: 'slds-form-element' },
    element('label', { class: 'slds-form-element__label', for: id }, required, field.label),
    element('div', { class: 'slds-form-element__control' }, input),
    help,
  );
  return {
    root,
    value: () => valueOf(field, input),
    isChanged: () => valueOf(field, input) !== before,
    refuse(message) {
      root.classList.toggle('slds-has-error', message !== undefined);
      help.hidden = message === undefined;
      help.textContent = message ?? '';
      if (message === undefined) {
        input.removeAttribute('aria-invalid');
        input.removeAttribute('aria-describedby');
      } else {
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-describedby', help.id);
      }
    },
  };
}
