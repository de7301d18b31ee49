import { LightningElement, api } from 'lwc';

export interface Column {
  readonly name: string;
  readonly label: string;
}

/** A row: a key, and a text for each column; `marked` rows stand out. */
export interface Row {
  readonly key: string;
  readonly marked?: boolean;
  readonly [column: string]: string | boolean | undefined;
}

interface Cell {
  readonly key: string;
  readonly label: string;
  readonly text: string;
}

/** Rows of text under column headings; on a phone each row becomes a list of labelled values. */
export default class PlumblineTable extends LightningElement {
  @api caption = '';
  @api columns: readonly Column[] = [];
  @api rows: readonly Row[] = [];

  get lines(): readonly { key: string; className: string; first: Cell; rest: readonly Cell[] }[] {
    return this.rows.map((row) => {
      const [first, ...rest] = this.columns.map(({ name, label }) => {
        const text = row[name];
        return { key: name, label, text: typeof text === 'string' ? text : '' };
      });
      return {
        key: row.key,
        className: row.marked === true ? 'marked' : '',
        first: first ?? { key: '', label: '', text: '' },
        rest,
      };
    });
  }
}
