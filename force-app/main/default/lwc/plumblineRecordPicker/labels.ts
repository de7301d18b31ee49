import help from '@salesforce/label/c.Plumbline_Screen_RecordPicker_Help';
import none from '@salesforce/label/c.Plumbline_Screen_RecordPicker_None';
import records from '@salesforce/label/c.Plumbline_Screen_RecordPicker_Records';

/** The words of this component. */
export const labels = { help, none, records };
