import none from '@salesforce/label/c.Plumbline_Screen_ObjectPicker_None';
import search from '@salesforce/label/c.Plumbline_Screen_ObjectPicker_Search';

/** The words of this component. */
export const labels = { none, search };
